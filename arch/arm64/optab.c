/* arm64: the operations and the optab, after Go 1.19, cmd/internal/obj/arm64/asm7.go. REGTMP is R27. */
#include "optab.h"

#include <capstone/capstone.h>
#include <stdio.h>
#include <string.h>

#include "regs.h"

/* ---- registers ---- */

static const struct reg_range regs[] = {
    {"R", 0, 31, REG(RC_R, 0)},
    {"RSP", 0, 0, ARM64_RSP},
    {"ZR", 0, 0, ARM64_ZR},
    {"F", 0, 32, REG(RC_F, 0)},
    {"V", 0, 32, REG(RC_V, 0)},
    {0},
};

#define NAME(name, offset, size, kind, mask) #name,
static const char *const state_regs[] = {ARCH_REGS(NAME) NULL};

/* ---- operations ---- */

enum opclass { OP_ADD = 1, OP_LOGIC, OP_CMP, OP_TST, OP_SHIFT, OP_MOV, OP_MOVW, OP_LOAD, OP_STORE_ONLY, OP_PAIR_LOAD,
               OP_PAIR_STORE, OP_REM, OP_MUL, OP_MADD, OP_UNARY, OP_CSEL, OP_CSET, OP_FMOV, OP_FARITH, OP_FUNARY,
               OP_FCMP, OP_FCVT_I, OP_ADC, OP_EXTEND, OP_BCOND, OP_B, OP_CBZ, OP_TBZ, OP_RET, OP_LDAX, OP_STLX, OP_NOOP };

/* gas: the mnemonic; the opposite one for negative constants, or the store of a load; width letter of registers */
static const struct opname ops[] = {
    {"ADD", OP_ADD, {"add", "sub", "x"}},   {"SUB", OP_ADD, {"sub", "add", "x"}},
    {"ADDS", OP_ADD, {"adds", "subs", "x"}}, {"SUBS", OP_ADD, {"subs", "adds", "x"}},
    {"ADDW", OP_ADD, {"add", "sub", "w"}},  {"SUBW", OP_ADD, {"sub", "add", "w"}},
    {"AND", OP_LOGIC, {"and", NULL, "x"}},  {"ORR", OP_LOGIC, {"orr", NULL, "x"}},
    {"EOR", OP_LOGIC, {"eor", NULL, "x"}},  {"ANDS", OP_LOGIC, {"ands", NULL, "x"}},
    {"ANDW", OP_LOGIC, {"and", NULL, "w"}}, {"ORRW", OP_LOGIC, {"orr", NULL, "w"}},
    {"EORW", OP_LOGIC, {"eor", NULL, "w"}},
    {"CMP", OP_CMP, {"cmp", "cmn", "x"}},   {"CMN", OP_CMP, {"cmn", "cmp", "x"}},
    {"CMPW", OP_CMP, {"cmp", "cmn", "w"}},  {"TST", OP_TST, {"tst", NULL, "x"}},
    {"LSL", OP_SHIFT, {"lsl"}}, {"LSR", OP_SHIFT, {"lsr"}}, {"ASR", OP_SHIFT, {"asr"}},
    {"MOVD", OP_MOV, {"ldr", "str", "3"}},
    {"MOVW", OP_LOAD, {"ldrsw", "str", "2"}},  {"MOVWU", OP_LOAD, {"ldr", "str", "2"}},
    {"MOVH", OP_LOAD, {"ldrsh", "strh", "1"}}, {"MOVHU", OP_LOAD, {"ldrh", "strh", "1"}},
    {"MOVB", OP_LOAD, {"ldrsb", "strb", "0"}}, {"MOVBU", OP_LOAD, {"ldrb", "strb", "0"}},
    {"FMOVD", OP_FMOV, {"ldr", "str", "3"}},   {"FMOVS", OP_FMOV, {"ldr", "str", "2"}},
    {"LDP", OP_PAIR_LOAD, {"ldp"}}, {"STP", OP_PAIR_STORE, {"stp"}},
    {"REM", OP_REM, {"sdiv"}}, {"UREM", OP_REM, {"udiv"}},
    {"MUL", OP_MUL, {"mul"}}, {"SDIV", OP_MUL, {"sdiv"}}, {"UDIV", OP_MUL, {"udiv"}},
    {"SMULH", OP_MUL, {"smulh"}}, {"UMULH", OP_MUL, {"umulh"}},
    {"MADD", OP_MADD, {"madd"}}, {"MSUB", OP_MADD, {"msub"}},
    {"NEG", OP_UNARY, {"neg"}}, {"MVN", OP_UNARY, {"mvn"}}, {"CLZ", OP_UNARY, {"clz"}}, {"RBIT", OP_UNARY, {"rbit"}},
    {"REV", OP_UNARY, {"rev"}},
    {"CSEL", OP_CSEL, {"csel"}}, {"CSINC", OP_CSEL, {"csinc"}}, {"CSET", OP_CSET, {"cset"}},
    {"ADC", OP_ADC, {"adc"}}, {"ADCS", OP_ADC, {"adcs"}}, {"SBC", OP_ADC, {"sbc"}}, {"SBCS", OP_ADC, {"sbcs"}},
    {"FADDD", OP_FARITH, {"fadd", NULL, "d"}}, {"FSUBD", OP_FARITH, {"fsub", NULL, "d"}},
    {"FMULD", OP_FARITH, {"fmul", NULL, "d"}}, {"FDIVD", OP_FARITH, {"fdiv", NULL, "d"}},
    {"FADDS", OP_FARITH, {"fadd", NULL, "s"}}, {"FMULS", OP_FARITH, {"fmul", NULL, "s"}},
    {"FNEGD", OP_FUNARY, {"fneg", NULL, "d"}}, {"FSQRTD", OP_FUNARY, {"fsqrt", NULL, "d"}},
    {"FCMPD", OP_FCMP, {"fcmp"}},
    {"FCVTZSD", OP_FCVT_I, {"fcvtzs"}},
    {"SXTB", OP_EXTEND, {"sxtb"}}, {"SXTH", OP_EXTEND, {"sxth"}}, {"SXTW", OP_EXTEND, {"sxtw"}},
    {"BEQ", OP_BCOND, {"b.eq"}}, {"BNE", OP_BCOND, {"b.ne"}}, {"BLT", OP_BCOND, {"b.lt"}}, {"BGE", OP_BCOND, {"b.ge"}},
    {"BHI", OP_BCOND, {"b.hi"}}, {"BLS", OP_BCOND, {"b.ls"}}, {"BCS", OP_BCOND, {"b.cs"}}, {"BMI", OP_BCOND, {"b.mi"}},
    {"BVS", OP_BCOND, {"b.vs"}}, {"BGT", OP_BCOND, {"b.gt"}},
    {"JMP", OP_B, {"b"}}, {"CBZ", OP_CBZ, {"cbz"}}, {"CBNZ", OP_CBZ, {"cbnz"}},
    {"TBZ", OP_TBZ, {"tbz"}}, {"TBNZ", OP_TBZ, {"tbnz"}},
    {"RET", OP_RET, {"ret"}},
    {"LDAXR", OP_LDAX, {"ldaxr"}}, {"STLXR", OP_STLX, {"stlxr"}},
    {"NOOP", OP_NOOP, {"nop"}},
    {0},
};

/* ---- operand classes ---- */

#define C(n) (UINT64_C(1) << (n))
enum { C_R = 0, C_RSP, C_ZR, C_F, C_V, C_ADDCON0, C_NADDCON0, C_ADDCON2, C_BITCON, C_CON, C_PAIR, C_FPAIR, C_SHIFTED,
       C_S12, C_S9, C_SPLIT, C_BIG, C_INDEX, C_P7, C_P12, C_NP12, C_ADDR12, C_ADDR24, C_ADDRBIG, C_SYM, C_SYMADDR,
       C_TARGET, C_COND, C_U6, C_ZOREG };
#define R      (C(C_R) | C(C_ZR))
#define RORSP  (C(C_R) | C(C_RSP))

static const struct opname *name_of(const char *op)
{
    for (const struct opname *o = ops; o->go; o++)
        if (strcmp(o->go, op) == 0)
            return o;
    return NULL;
}

/* log2 of a load's or store's access size. */
static int access_shift(const struct prog *p)
{
    const struct opname *o = name_of(p->op);
    return o && o->gas[2] && o->gas[2][0] >= '0' && o->gas[2][0] <= '3' ? o->gas[2][0] - '0' : 3;
}

static bool is_width(const struct prog *p, char w)
{
    const struct opname *o = name_of(p->op);
    return o && o->gas[2] && o->gas[2][0] == w;
}

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

static uint64_t classify_imm(const struct prog *p, int64_t v)
{
    uint64_t c = C(C_CON), u = (uint64_t)v;
    if (is_width(p, 'w'))
        u = (uint32_t)v;
    if (u < 64)
        c |= C(C_U6);
    if (addcon(u))
        c |= C(C_ADDCON0);
    if (v < 0 && addcon(0 - (uint64_t)v))
        c |= C(C_NADDCON0);
    if (u < 0x1000000 && !movcon(u) && !bitcon(u))
        c |= C(C_ADDCON2);
    if (bitcon(is_width(p, 'w') ? u | u << 32 : u))
        c |= C(C_BITCON);
    return c;
}

static uint64_t classify_mem(const struct prog *p, const struct operand *a)
{
    int64_t v = a->value;
    int s = access_shift(p);
    if (a->index)
        return C(C_INDEX);
    uint64_t c = v == 0 ? C(C_ZOREG) : 0;
    if (v >= 0 && (v & ((1 << s) - 1)) == 0 && v >> s < 4096)
        c |= C(C_S12);
    if (v >= -256 && v < 256)
        c |= C(C_S9);
    if (v >= 0 && (v & ((1 << s) - 1)) == 0 && ((v - (v & (0xfff << s))) & ~0xfff000) == 0)
        c |= C(C_SPLIT);
    if (v >= -512 && v < 512 && v % 8 == 0)
        c |= C(C_P7);
    if (v >= 0 && v < 4096)
        c |= C(C_P12);
    if (v < 0 && v > -4096)
        c |= C(C_NP12);
    return c | C(C_BIG);
}

static uint64_t classify(const struct prog *p, const struct operand *a)
{
    switch (a->kind) {
    case OPERAND_REG:
        if (a->reg == ARM64_RSP)
            return C(C_RSP);
        if (a->reg == ARM64_ZR)
            return C(C_ZR);
        return REG_CLASS(a->reg) == RC_R ? C(C_R) : REG_CLASS(a->reg) == RC_F ? C(C_F) : C(C_V);
    case OPERAND_IMM: return classify_imm(p, a->value);
    case OPERAND_MEM: return classify_mem(p, a);
    case OPERAND_ADDR:
        return (a->value >= 0 && addcon((uint64_t)a->value) ? C(C_ADDR12) : 0) |
               (a->value >= 0 && a->value < 0x1000000 ? C(C_ADDR24) : 0) | C(C_ADDRBIG);
    case OPERAND_SYM: return C(C_SYM);
    case OPERAND_SYM_ADDR: return C(C_SYMADDR);
    case OPERAND_PAIR: return REG_CLASS(a->reg) == RC_R ? C(C_PAIR) : C(C_FPAIR);
    case OPERAND_SHIFTED: return C(C_SHIFTED);
    case OPERAND_TARGET: return C(C_TARGET);
    case OPERAND_SPECIAL: return C(C_COND);
    default: return 0;
    }
}

/* ---- formats ---- */

static void reg_text(int reg, char width, char *out, size_t n)
{
    if (reg == ARM64_RSP)
        snprintf(out, n, width == 'w' ? "wsp" : "sp");
    else if (reg == ARM64_ZR)
        snprintf(out, n, "%czr", width);
    else if (REG_CLASS(reg) == RC_R)
        snprintf(out, n, "%c%d", width, REG_NUMBER(reg));
    else
        snprintf(out, n, "%c%d", width == 'x' ? 'd' : width, REG_NUMBER(reg));
}

/* The register name's letter for this Prog and format. */
static char width_of(const struct prog *p, const char *fmt)
{
    if (strcmp(fmt, "w") == 0 || strcmp(fmt, "x") == 0 || strcmp(fmt, "s") == 0 || strcmp(fmt, "d") == 0)
        return *fmt;
    if (is_width(p, 'w'))
        return 'w';
    return is_width(p, 's') ? 's' : 'x';
}

static bool format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n)
{
    if (a->kind == OPERAND_REG && strcmp(fmt, "state") == 0) {
        reg_text(a->reg, REG_CLASS(a->reg) == RC_R ? 'x' : 'v', out, n);
        return true;
    }
    if (a->kind == OPERAND_REG && strcmp(fmt, "ld") == 0) { /* loads: w for all but 8 bytes and sign extensions */
        bool x = access_shift(p) == 3 || (strchr("BHW", p->op[3]) && !p->op[4]);
        reg_text(a->reg, x ? 'x' : 'w', out, n);
    } else if (a->kind == OPERAND_REG && strcmp(fmt, "st") == 0) {
        reg_text(a->reg, access_shift(p) == 3 ? 'x' : 'w', out, n);
    } else if (a->kind == OPERAND_REG && strcmp(fmt, "fp") == 0) {
        reg_text(a->reg, access_shift(p) == 3 ? 'd' : 's', out, n);
    } else if (a->kind == OPERAND_REG) {
        reg_text(a->reg, width_of(p, fmt), out, n);
    } else if (a->kind == OPERAND_SHIFTED) {
        char r[8];
        reg_text(a->reg, width_of(p, ""), r, sizeof r);
        snprintf(out, n, "%s,%s #%d", r, a->shift[0] == '<' ? "lsl" : a->shift[0] == '-' ? "asr" : a->shift[0] == '@' ? "ror" : "lsr",
                 (int)a->value);
    } else if (a->kind == OPERAND_MEM && !*fmt) {
        char base[8], index[8];
        reg_text(a->reg, 'x', base, sizeof base);
        if (a->index) {
            reg_text(a->index, 'x', index, sizeof index);
            snprintf(out, n, "[%s,%s]", base, index);
        } else {
            snprintf(out, n, "[%s,#%lld]", base, (long long)a->value);
        }
    } else if (strcmp(fmt, "base") == 0) {
        reg_text(a->reg, 'x', out, n);
    } else if (strcmp(fmt, "a") == 0) {
        reg_text(a->reg, 'x', out, n);
    } else if (strcmp(fmt, "b") == 0) {
        reg_text(a->reg2, 'x', out, n);
    } else if (strcmp(fmt, "tmp") == 0) {
        snprintf(out, n, "%c27", width_of(p, ""));
    } else if (strcmp(fmt, "tlo") == 0) { /* of a load that is split: the part in the load itself */
        snprintf(out, n, "#%lld", (long long)(a->value & (0xfff << access_shift(p))));
    } else if (strcmp(fmt, "thi") == 0) {
        snprintf(out, n, "#%lld", (long long)(a->value - (a->value & (0xfff << access_shift(p)))));
    } else if (strcmp(fmt, "lo12") == 0) {
        snprintf(out, n, "#0x%x", (unsigned)(a->value & 0xfff));
    } else if (strcmp(fmt, "hi12") == 0) {
        snprintf(out, n, "#0x%x,lsl #12", (unsigned)(a->value >> 12 & 0xfff));
    } else if (strcmp(fmt, "con") == 0) {
        snprintf(out, n, "%lld", (long long)(is_width(p, 'w') ? (int64_t)(uint32_t)a->value : a->value));
    } else if (strcmp(fmt, "ldlit") == 0) { /* what loads a 4-byte literal with its sign into x27 */
        snprintf(out, n, a->value < 0 ? "ldrsw x27" : "ldr w27");
    } else if (strcmp(fmt, "cc") == 0) {
        size_t k = 0;
        for (; a->name[k] && k + 1 < n; k++)
            out[k] = (char)(a->name[k] | 0x20);
        out[k] = 0;
    } else if (a->kind == OPERAND_IMM && !*fmt) {
        snprintf(out, n, "#%lld", (long long)(is_width(p, 'w') ? (int64_t)(uint32_t)a->value : a->value));
    } else {
        return false;
    }
    return true;
}

/* @con reg,value: as few MOVZ, MOVN and MOVK as the 16-bit halves ask for (asm7.go omovlconst). */
static bool macro(struct prog *p, const char *name, const char *args)
{
    char reg[8];
    long long value;
    if (strcmp(name, "con") != 0 || sscanf(args, "%7[^,],%lld", reg, &value) != 2)
        return false;
    uint64_t v = (uint64_t)value;
    int halves = reg[0] == 'w' ? 2 : 4, zeros = 0, ones = 0;
    if (halves == 4 && !movcon(v) && bitcon(v)) {
        prog_add(p, 4, "orr %s,xzr,#0x%llx", reg, (unsigned long long)v);
        return true;
    }
    for (int k = 0; k < halves; k++) {
        zeros += (v >> (16 * k) & 0xffff) == 0;
        ones += (v >> (16 * k) & 0xffff) == 0xffff;
    }
    bool inverted = ones > zeros, begun = false;
    unsigned skip = inverted ? 0xffff : 0;
    for (int k = 0; k < halves; k++) {
        unsigned half = v >> (16 * k) & 0xffff;
        if (half == skip && !(k == halves - 1 && !begun))
            continue;
        if (begun)
            prog_add(p, 4, "movk %s,#0x%x,lsl #%d", reg, half, 16 * k);
        else
            prog_add(p, 4, "mov%c %s,#0x%x,lsl #%d", inverted ? 'n' : 'z', reg, inverted ? half ^ 0xffff : half, 16 * k);
        begun = true;
    }
    return true;
}

/* ---- the optab ---- */

static const struct optab optab[] = {
    /* ADD, SUB: 12 bits, shifted 12 bits, 24 bits in two, anything through REGTMP */
    {OP_ADD, "", {C(C_ADDCON0), RORSP | OPTIONAL, RORSP}, "{op} {t},{m},{1}", 0},
    {OP_ADD, "", {C(C_NADDCON0), RORSP | OPTIONAL, RORSP}, "{op2} {t},{m},#{1:neg}", 0},
    {OP_ADD, "", {C(C_ADDCON2), RORSP | OPTIONAL, RORSP}, "{op} {t},{m},{1:lo12}; {op} {t},{t},{1:hi12}", NO_RESTART},
    {OP_ADD, "", {C(C_CON), RORSP | OPTIONAL, RORSP}, "@con {1:tmp},{1:con}; {op} {t},{m},{1:tmp}", USES_REGTMP},
    {OP_ADD, "", {R, R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_ADD, "", {C(C_SHIFTED), R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_LOGIC, "", {C(C_BITCON), R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_LOGIC, "", {C(C_CON), R | OPTIONAL, R}, "@con {1:tmp},{1:con}; {op} {t},{m},{1:tmp}", USES_REGTMP},
    {OP_LOGIC, "", {R | C(C_SHIFTED), R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_CMP, "", {C(C_ADDCON0), RORSP}, "{op} {2},{1}", 0},
    {OP_CMP, "", {C(C_NADDCON0), RORSP}, "{op2} {2},#{1:neg}", 0},
    {OP_CMP, "", {C(C_CON), R}, "@con {1:tmp},{1:con}; {op} {2},{1:tmp}", USES_REGTMP},
    {OP_CMP, "", {R | C(C_SHIFTED), R}, "{op} {2},{1}", 0},
    {OP_TST, "", {C(C_BITCON), R}, "{op} {2},{1}", 0},
    {OP_TST, "", {C(C_CON), R}, "@con {1:tmp},{1:con}; {op} {2},{1:tmp}", USES_REGTMP},
    {OP_TST, "", {R, R}, "{op} {2},{1}", 0},
    {OP_SHIFT, "", {C(C_U6), R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_SHIFT, "", {R, R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_ADC, "", {R, R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},

    /* constants and addresses */
    {OP_MOV, "", {C(C_CON), C(C_R)}, "@con {2},{1:con}", NO_RESTART},
    {OP_MOV, "", {C(C_ADDR12), RORSP}, "add {2},{1:base},#{1:value}", 0},
    {OP_MOV, "", {C(C_ADDR24), RORSP}, "add {2},{1:base},{1:hi12}; add {2},{2},{1:lo12}", NO_RESTART},
    {OP_MOV, "", {C(C_ADDRBIG), RORSP}, "{1:ldlit},{1:pool8}; add {2},{1:base},x27,uxtx", USES_REGTMP},
    {OP_MOV, "", {C(C_SYMADDR), C(C_R)}, "adrp {2},{1:sym}; add {2},{2},:lo12:{1:sym}", NO_RESTART | PC_RELATIVE},
    {OP_MOV, "", {C(C_SYM), C(C_R)}, "adrp x27,{1:sym}; add x27,x27,:lo12:{1:sym}; ldr {2},[x27]", USES_REGTMP | PC_RELATIVE},
    {OP_MOV, "", {R, C(C_SYM)}, "adrp x27,{2:sym}; add x27,x27,:lo12:{2:sym}; str {1},[x27]", USES_REGTMP | PC_RELATIVE},
    {OP_MOV, "", {R, C(C_R)}, "mov {2},{1}", 0},
    {OP_MOV, "", {RORSP, RORSP}, "mov {2},{1}", 0},

    /* loads and stores of 8 bytes, then of the other widths */
    {OP_MOV, "", {C(C_S12), R}, "ldr {2},{1}", 0},
    {OP_MOV, "", {C(C_S9), R}, "ldur {2},{1}", 0},
    {OP_MOV, "", {C(C_INDEX), R}, "ldr {2},{1}", 0},
    {OP_MOV, "", {C(C_SPLIT), R}, "add x27,{1:base},{1:thi}; ldr {2},[x27,{1:tlo}] // {1:pool4}", USES_REGTMP},
    {OP_MOV, "", {C(C_BIG), R}, "{1:ldlit},{1:pool4}; ldr {2},[{1:base},x27]", USES_REGTMP},
    {OP_MOV, "", {R, C(C_S12)}, "str {1},{2}", 0},
    {OP_MOV, "", {R, C(C_S9)}, "stur {1},{2}", 0},
    {OP_MOV, "", {R, C(C_INDEX)}, "str {1},{2}", 0},
    {OP_MOV, "", {R, C(C_SPLIT)}, "add x27,{2:base},{2:thi}; str {1},[x27,{2:tlo}] // {2:pool4}", USES_REGTMP},
    {OP_MOV, "", {R, C(C_BIG)}, "{2:ldlit},{2:pool4}; str {1},[{2:base},x27]", USES_REGTMP},
    {OP_MOV, ".P", {C(C_S9), R}, "ldr {2},[{1:base}],#{1:value}", 0},
    {OP_MOV, ".W", {C(C_S9), R}, "ldr {2},[{1:base},#{1:value}]!", 0},
    {OP_MOV, ".P", {R, C(C_S9)}, "str {1},[{2:base}],#{2:value}", 0},
    {OP_MOV, ".W", {R, C(C_S9)}, "str {1},[{2:base},#{2:value}]!", 0},
    {OP_LOAD, "", {C(C_S12), R}, "{op} {2:ld},{1}", 0},
    {OP_LOAD, "", {C(C_S9), R}, "{op} {2:ld},{1}", 0},
    {OP_LOAD, "", {C(C_SPLIT), R}, "add x27,{1:base},{1:thi}; {op} {2:ld},[x27,{1:tlo}] // {1:pool4}", USES_REGTMP},
    {OP_LOAD, "", {C(C_BIG), R}, "{1:ldlit},{1:pool4}; {op} {2:ld},[{1:base},x27]", USES_REGTMP},
    {OP_LOAD, "", {R, C(C_S12)}, "{op2} {1:st},{2}", 0},
    {OP_LOAD, "", {R, C(C_S9)}, "{op2} {1:st},{2}", 0},
    {OP_LOAD, "", {R, C(C_SPLIT)}, "add x27,{2:base},{2:thi}; {op2} {1:st},[x27,{2:tlo}] // {2:pool4}", USES_REGTMP},
    {OP_LOAD, "", {R, C(C_BIG)}, "{2:ldlit},{2:pool4}; {op2} {1:st},[{2:base},x27]", USES_REGTMP},
    {OP_FMOV, "", {C(C_S12), C(C_F)}, "{op} {2:fp},{1}", 0},
    {OP_FMOV, "", {C(C_S9), C(C_F)}, "{op} {2:fp},{1}", 0},
    {OP_FMOV, "", {C(C_SPLIT), C(C_F)}, "add x27,{1:base},{1:thi}; {op} {2:fp},[x27,{1:tlo}] // {1:pool4}", USES_REGTMP},
    {OP_FMOV, "", {C(C_BIG), C(C_F)}, "{1:ldlit},{1:pool4}; {op} {2:fp},[{1:base},x27]", USES_REGTMP},
    {OP_FMOV, "", {C(C_F), C(C_S12)}, "{op2} {1:fp},{2}", 0},
    {OP_FMOV, "", {C(C_F), C(C_S9)}, "{op2} {1:fp},{2}", 0},
    {OP_FMOV, "", {C(C_F), C(C_SPLIT)}, "add x27,{2:base},{2:thi}; {op2} {1:fp},[x27,{2:tlo}] // {2:pool4}", USES_REGTMP},
    {OP_FMOV, "", {C(C_F), C(C_BIG)}, "{2:ldlit},{2:pool4}; {op2} {1:fp},[{2:base},x27]", USES_REGTMP},
    {OP_FMOV, "", {C(C_F), C(C_F)}, "fmov {2:fp},{1:fp}", 0},

    /* pairs */
    {OP_PAIR_LOAD, "", {C(C_P7), C(C_PAIR)}, "ldp {2:a},{2:b},{1}", 0},
    {OP_PAIR_LOAD, "", {C(C_P12), C(C_PAIR)}, "add x27,{1:base},#{1:value}; ldp {2:a},{2:b},[x27]", USES_REGTMP},
    {OP_PAIR_LOAD, "", {C(C_NP12), C(C_PAIR)}, "sub x27,{1:base},#{1:neg}; ldp {2:a},{2:b},[x27]", USES_REGTMP},
    {OP_PAIR_LOAD, "", {C(C_BIG), C(C_PAIR)}, "{1:ldlit},{1:pool4}; add x27,{1:base},x27,uxtx; ldp {2:a},{2:b},[x27]", USES_REGTMP},
    {OP_PAIR_LOAD, "", {C(C_SYM), C(C_PAIR)}, "adrp x27,{1:sym}; add x27,x27,:lo12:{1:sym}; ldp {2:a},{2:b},[x27]", USES_REGTMP | PC_RELATIVE},
    {OP_PAIR_STORE, "", {C(C_PAIR), C(C_P7)}, "stp {1:a},{1:b},{2}", 0},
    {OP_PAIR_STORE, "", {C(C_PAIR), C(C_P12)}, "add x27,{2:base},#{2:value}; stp {1:a},{1:b},[x27]", USES_REGTMP},
    {OP_PAIR_STORE, "", {C(C_PAIR), C(C_NP12)}, "sub x27,{2:base},#{2:neg}; stp {1:a},{1:b},[x27]", USES_REGTMP},
    {OP_PAIR_STORE, "", {C(C_PAIR), C(C_BIG)}, "{2:ldlit},{2:pool4}; add x27,{2:base},x27,uxtx; stp {1:a},{1:b},[x27]", USES_REGTMP},
    {OP_PAIR_LOAD, ".P", {C(C_P7), C(C_PAIR)}, "ldp {2:a},{2:b},[{1:base}],#{1:value}", 0},
    {OP_PAIR_STORE, ".W", {C(C_PAIR), C(C_P7)}, "stp {1:a},{1:b},[{2:base},#{2:value}]!", 0},

    /* arithmetic on registers */
    {OP_REM, "", {R, R | OPTIONAL, R}, "{op} x27,{m},{1}; msub {t},x27,{1},{m}", USES_REGTMP},
    {OP_MUL, "", {R, R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_MADD, "", {R, R, R, R}, "{op} {4},{3},{1},{2}", 0},
    {OP_UNARY, "", {R, R}, "{op} {2},{1}", 0},
    {OP_EXTEND, "", {R, R}, "{op} {2},{1:w}", 0},
    {OP_CSEL, "", {C(C_COND), R, R, R}, "{op} {4},{2},{3},{1:cc}", 0},
    {OP_CSET, "", {C(C_COND), R}, "{op} {2},{1:cc}", 0},
    {OP_FARITH, "", {C(C_F), C(C_F) | OPTIONAL, C(C_F)}, "{op} {t},{m},{1}", 0},
    {OP_FUNARY, "", {C(C_F), C(C_F)}, "{op} {2},{1}", 0},
    {OP_FCMP, "", {C(C_F), C(C_F)}, "{op} {2},{1}", 0},
    {OP_FCVT_I, "", {C(C_F), R}, "{op} {2},{1}", 0},

    /* branches, exclusives */
    {OP_BCOND, "", {C(C_TARGET)}, "{op} {1}", IS_BRANCH},
    {OP_B, "", {C(C_TARGET)}, "{op} {1}", IS_BRANCH},
    {OP_CBZ, "", {R, C(C_TARGET)}, "{op} {1},{2}", IS_BRANCH},
    {OP_TBZ, "", {C(C_U6), R, C(C_TARGET)}, "{op} {2},{1},{3}", IS_BRANCH},
    {OP_RET, "", {C(C_ZOREG)}, "ret {1:base}", IS_BRANCH},
    {OP_LDAX, "", {C(C_ZOREG), R}, "{op} {2},[{1:base}]", 0},
    {OP_STLX, "", {R, C(C_ZOREG), R}, "{op} {3:w},{1},[{2:base}]", 0},
    {OP_NOOP, "", {0}, "nop", 0},
    {0},
};

const struct asm_arch asm_arch_arm64 = {
    .target = "arm64",
    .regtmp = "x27",
    .quantum = ARCH_PC_QUANTUM,
    .insn_size = 4,
    .pointer_size = 8,
    .spin_size = 4,
    .capstone_arch = CS_ARCH_ARM64,
    .capstone_mode = CS_MODE_ARM,
    .regs = regs,
    .ops = ops,
    .optab = optab,
    .state_regs = state_regs,
    .classify = classify,
    .format = format,
    .macro = macro,
    .is_unsafe_point = arm64_is_unsafe_point,
    .is_restartable = arm64_is_restartable,
};
