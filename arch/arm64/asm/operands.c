/* arm64: which classes an operand belongs to, and how it is written for the GNU assembler; after Go 1.19,
 * cmd/internal/obj/arm64/asm7.go, con32class, con64class, aclass and omovlconst. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "optab.h"

static bool is_width(const struct prog *p, char w)
{
    for (const struct opname *o = arm64_ops; o->go; o++)
        if (strcmp(o->go, p->op) == 0)
            return o->gas[2] && o->gas[2][0] == w;
    return false;
}

/* log2 of the access size, from the letter behind MOV, LDP or STP, and F before them. */
static int access_shift(const struct prog *p)
{
    switch (p->op[p->op[0] == 'F' ? 4 : 3]) {
    case 'B':
        return 0;
    case 'H':
        return 1;
    case 'W':
    case 'S':
        return 2;
    case 'Q':
        return 4;
    default:
        return 3;
    }
}

/* ---- constants ---- */

static bool addcon(uint64_t v)
{
    return v < 0x1000 || (v & ~UINT64_C(0xfff000)) == 0;
}

/* One MOVZ or MOVN. */
static bool movcon(uint64_t v)
{
    for (int s = 0; s < 64; s += 16)
        if ((v & ~(UINT64_C(0xffff) << s)) == 0 || (~v & ~(UINT64_C(0xffff) << s)) == 0)
            return true;
    return false;
}

/* A logical immediate: a rotated run of ones, repeated (Arm ARM, DecodeBitMasks). */
static bool bitcon(uint64_t v)
{
    if (v == 0 || v == UINT64_MAX)
        return false;
    for (int size = 2; size <= 64; size *= 2) {
        uint64_t mask = size == 64 ? UINT64_MAX : (UINT64_C(1) << size) - 1, one = v & mask, again = 0;
        for (int s = 0; s < 64; s += size)
            again |= one << s;
        if (again != v || one == 0 || one == mask)
            continue;
        uint64_t rotated = (one >> 1 | one << (size - 1)) & mask;
        return __builtin_popcountll(one ^ rotated) == 2;
    }
    return false;
}

/* The value as the operation sees it. */
static uint64_t constant(const struct prog *p, int64_t v)
{
    return is_width(p, 'w') || strcmp(p->op, "MOVW") == 0 ? (uint32_t)v : (uint64_t)v;
}

static uint64_t classify_imm(const struct prog *p, int64_t v)
{
    uint64_t u = constant(p, v), n = 0 - (uint64_t)v;
    uint64_t c = u < 64 ? C(C_U6) : 0;
    if (u == 0)
        return c | C(C_ZERO);
    if (strncmp(p->op, "MOV", 3) == 0 && strcmp(p->op, "MOVD") != 0 && strcmp(p->op, "MOVW") != 0)
        return 0; /* the narrower moves take no constants here */
    c |= C(C_CON);
    if (addcon(u))
        c |= C(C_ADDCON);
    if (u < 0x1000000 && !movcon(u) && !bitcon(u))
        c |= C(C_ADDCON2);
    if (bitcon(is_width(p, 'w') ? u | u << 32 : u))
        c |= C(C_BITCON);
    if (v < 0 && v != (is_width(p, 'w') ? INT32_MIN : INT64_MIN))
        c |= C(C_NCON) | (addcon(n) ? C(C_NADDCON) : 0) |
             (n < 0x1000000 && !movcon(n) && !bitcon(n) ? C(C_NADDCON2) : 0);
    return c;
}

/* ---- memory ---- */

static uint64_t classify_mem(const struct prog *p, const struct operand *a)
{
    int64_t v = a->value;
    int s = access_shift(p);
    bool scaled = v % (1 << s) == 0;
    if (a->index)
        return v == 0 ? C(C_UNIT) : 0;
    uint64_t c = C(C_BIG) | (v == 0 ? C(C_ZOREG) : 0);
    if (v >= -256 && v < 256)
        c |= C(C_S9) | C(C_UNIT);
    if (v >= 0 && scaled && v >> s < 4096)
        c |= C(C_UNIT);
    if (v >= 0 && scaled && ((v - (v & (0xfff << s))) & ~INT64_C(0xfff000)) == 0)
        c |= C(C_SPLIT);
    if (scaled && v >= -(64 << s) && v < 64 << s)
        c |= C(C_P7);
    if (v >= 0 && v < 4096)
        c |= C(C_P12);
    if (v < 0 && v > -4096)
        c |= C(C_NP12);
    return c;
}

static uint64_t classify_addr(int64_t v)
{
    uint64_t c = C(C_ADDRBIG);
    if (v >= 0)
        return c | (addcon((uint64_t)v) ? C(C_ADDR12) : 0) | (v < 0x1000000 ? C(C_ADDR24) : 0);
    return c | (addcon(0 - (uint64_t)v) ? C(C_NADDR12) : 0);
}

static uint64_t classify_reg(const struct prog *p, int reg)
{
    bool f = REG_CLASS(reg) == RC_F;
    if (reg == ARM64_RSP)
        return C(C_RSP);
    return (f == (p->op[0] == 'F') ? C(C_MOVED) : 0) | (f ? C(C_F) : reg == ARM64_ZR ? C(C_ZR) : C(C_R));
}

uint64_t arm64_classify(const struct prog *p, const struct operand *a)
{
    switch (a->kind) {
    case OPERAND_REG:
        return classify_reg(p, a->reg);
    case OPERAND_IMM:
        return classify_imm(p, a->value);
    case OPERAND_MEM:
        return classify_mem(p, a);
    case OPERAND_ADDR:
        return a->index ? 0 : classify_addr(a->value);
    case OPERAND_SYM:
        return C(C_SYM);
    case OPERAND_SYM_ADDR:
        return C(C_SYMADDR);
    case OPERAND_PAIR:
        return (REG_CLASS(a->reg) == RC_F) == (p->op[0] == 'F') ? C(C_PAIR) : 0;
    case OPERAND_SHIFTED:
        return C(C_SHIFTED);
    case OPERAND_TARGET:
        return C(C_TARGET);
    case OPERAND_SPECIAL:
        return a->name[0] == 'V' && strchr(a->name, '.') ? C(C_ARRANGED) : C(C_WORD);
    default:
        return 0;
    }
}

/* ---- formats ---- */

static void reg_text(int reg, char width, char *out, size_t n)
{
    if (reg == ARM64_RSP)
        snprintf(out, n, width == 'w' ? "wsp" : "sp");
    else if (reg == ARM64_ZR)
        snprintf(out, n, "%czr", width);
    else
        snprintf(out, n, "%c%d", REG_CLASS(reg) == RC_F && width == 'x' ? 'd' : width, REG_NUMBER(reg));
}

/* The letter of the registers that this Prog computes in. */
static char width_of(const struct prog *p)
{
    return is_width(p, 'w') ? 'w' : is_width(p, 's') ? 's' : is_width(p, 'd') ? 'd' : 'x';
}

/* The letter of the registers that this Prog loads or stores. */
static char moved_width(const struct prog *p, bool load)
{
    int s = access_shift(p);
    if (p->op[0] == 'F')
        return s == 4 ? 'q' : s == 3 ? 'd' : 's';
    bool is_signed = strncmp(p->op, "MOV", 3) == 0 ? p->op[4] != 'U' : strcmp(p->op, "LDPSW") == 0;
    return s == 3 || (load && is_signed) ? 'x' : 'w';
}

/* A register of a move between registers: FMOVD to and from either kind, MOVWU in W; the extending ones are
 * bit-field moves, whose source has the field behind it. */
static void move_text(const struct prog *p, const struct operand *a, bool from, char *out, size_t n)
{
    int s = access_shift(p), reg = a->kind == OPERAND_IMM ? ARM64_ZR : a->reg;
    bool f = REG_CLASS(reg) == RC_F, fmov = p->op[0] == 'F',
         whole = fmov || s == 3 || strcmp(p->op, "MOVWU") == 0;
    reg_text(reg, s == 2 && whole ? f ? 's' : 'w' : 'x', out, n);
    if (from && !whole) {
        size_t k = strlen(out);
        snprintf(out + k, n - k, ",#0,#%d", 8 << s);
    }
}

static void lower(const char *from, char *out, size_t n)
{
    size_t k = 0;
    for (; from[k] && k + 1 < n; k++)
        out[k] = (char)tolower((unsigned char)from[k]);
    out[k] = 0;
}

static bool format_mem(const struct operand *a, char *out, size_t n)
{
    char base[8], index[8];
    reg_text(a->reg, 'x', base, sizeof base);
    reg_text(a->index, 'x', index, sizeof index);
    if (a->index && a->scale > 1)
        snprintf(out, n, "[%s,%s,lsl #%d]", base, index, __builtin_ctz((unsigned)a->scale));
    else if (a->index)
        snprintf(out, n, "[%s,%s]", base, index);
    else
        snprintf(out, n, "[%s,#%lld]", base, (long long)a->value);
    return true;
}

/* The operand as it stands in an instruction. */
static bool format_plain(const struct prog *p, const struct operand *a, char *out, size_t n)
{
    char reg[8];
    switch (a->kind) {
    case OPERAND_REG:
        reg_text(a->reg, width_of(p), out, n);
        return true;
    case OPERAND_MEM:
        return format_mem(a, out, n);
    case OPERAND_IMM:
        if (constant(p, a->value) == 0)
            reg_text(ARM64_ZR, width_of(p), out, n);
        else
            snprintf(out, n, "#%lld", (long long)constant(p, a->value));
        return true;
    case OPERAND_SHIFTED:
        reg_text(a->reg, width_of(p), reg, sizeof reg);
        snprintf(out, n, "%s,%s #%d", reg,
                 a->shift[0] == '<'   ? "lsl"
                 : a->shift[0] == '-' ? "asr"
                 : a->shift[0] == '@' ? "ror"
                                      : "lsr",
                 (int)a->value);
        return true;
    case OPERAND_SPECIAL:
        if (arm64_classify(p, a) == C(C_ARRANGED)) { /* V1.B16: v1.16b */
            const char *dot = strchr(a->name, '.');
            snprintf(out, n, "v%.*s.%s%c", (int)(dot - a->name - 1), a->name + 1, dot + 2,
                     tolower((unsigned char)dot[1]));
        } else {
            lower(a->name, out, n);
        }
        return true;
    default:
        return false;
    }
}

bool arm64_format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n)
{
    uint64_t v = (uint64_t)a->value, access = UINT64_C(0xfff) << access_shift(p);
    if (*fmt == 'n' && strcmp(fmt, "neg") != 0) { /* formats of the negated value */
        v = 0 - v;
        fmt++;
    }
    if (!*fmt)
        return format_plain(p, a, out, n);
    if (strcmp(fmt, "state") == 0) /* its name in the register list */
        reg_text(a->reg, REG_CLASS(a->reg) == RC_R ? 'x' : 'v', out, n);
    else if (strcmp(fmt, "ld") == 0 || strcmp(fmt, "st") == 0)
        reg_text(a->kind == OPERAND_IMM ? ARM64_ZR : a->reg, moved_width(p, *fmt == 'l'), out, n);
    else if (strcmp(fmt, "lda") == 0 || strcmp(fmt, "ldb") == 0)
        reg_text(fmt[2] == 'a' ? a->reg : a->reg2, moved_width(p, true), out, n);
    else if (strlen(fmt) == 1 && strchr("xwsd", *fmt))
        reg_text(a->kind == OPERAND_IMM ? ARM64_ZR : a->reg, *fmt, out, n);
    else if (strcmp(fmt, "base") == 0)
        reg_text(a->reg, 'x', out, n);
    else if (strcmp(fmt, "tmp") == 0)
        reg_text(ARM64_REGTMP, width_of(p), out, n);
    else if (strcmp(fmt, "to") == 0 || strcmp(fmt, "from") == 0)
        move_text(p, a, *fmt == 'f', out, n);
    else if (strcmp(fmt, "slo") == 0) /* an offset in two: what the load or store itself adds */
        snprintf(out, n, "#%llu", (unsigned long long)(v & access));
    else if (strcmp(fmt, "shi") == 0)
        snprintf(out, n, "#%llu", (unsigned long long)(v - (v & access)));
    else if (strcmp(fmt, "lo12") == 0)
        snprintf(out, n, "#0x%x", (unsigned)(v & 0xfff));
    else if (strcmp(fmt, "hi12") == 0)
        snprintf(out, n, "#0x%x,lsl #12", (unsigned)(v >> 12 & 0xfff));
    else if (strcmp(fmt, "con") == 0)
        snprintf(out, n, "%lld", (long long)constant(p, (int64_t)v));
    else if (strcmp(fmt, "lit") ==
             0) { /* loads an offset into REGTMP: 8 bytes wherever the sign might matter */
        char label[64];
        int size = v <= INT32_MAX ? 4 : 8;
        literal_label((int64_t)v, size, label, sizeof label);
        snprintf(out, n, "ldr %c27,%s", size == 8 ? 'x' : 'w', label);
    } else
        return false;
    return true;
}

/* As few MOVZ, MOVN and MOVK as the 16-bit halves ask for. */
static void load_constant(struct prog *p, const char *reg, uint64_t v)
{
    int halves = reg[0] == 'w' ? 2 : 4, zeros = 0, ones = 0;
    for (int k = 0; k < halves; k++) {
        zeros += (v >> (16 * k) & 0xffff) == 0;
        ones += (v >> (16 * k) & 0xffff) == 0xffff;
    }
    if (zeros < halves - 1 && ones < halves - 1 && bitcon(v)) {
        prog_add(p, 4, "orr %s,%czr,#0x%llx", reg, reg[0], (unsigned long long)v);
        return;
    }
    bool inverted = ones > zeros, begun = false;
    unsigned skip = inverted ? 0xffff : 0;
    for (int k = 0; k < halves; k++) {
        unsigned half = v >> (16 * k) & 0xffff;
        if (half == skip && (inverted ? ones : zeros) != halves)
            continue;
        if (begun)
            prog_add(p, 4, "movk %s,#0x%x,lsl #%d", reg, half, 16 * k);
        else
            prog_add(p, 4, "mov%c %s,#0x%x,lsl #%d", inverted ? 'n' : 'z', reg, half ^ skip, 16 * k);
        begun = true;
        if (half == skip)
            break;
    }
}

/* @con reg,value: the constant into the register. */
bool arm64_macro(struct prog *p, const char *name, const char *args)
{
    char reg[8];
    long long value;
    if (strcmp(name, "con") != 0 || sscanf(args, "%7[^,],%lld", reg, &value) != 2)
        return false;
    load_constant(p, reg, (uint64_t)value);
    return true;
}
