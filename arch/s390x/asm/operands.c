/* s390x: operands: their classes, how templates write them, and the macros (Go 1.19,
 * cmd/internal/obj/s390x/asmz.go aclass and asmout). */
#include "optab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- classes ---- */

static bool in(int64_t v, int64_t low, int64_t high)
{
    return v >= low && v <= high;
}

static uint64_t classify_imm(int64_t v)
{
    uint32_t w = (uint32_t)v;
    bool s32 = v == (int32_t)v, u32 = v == (int64_t)w;
    uint64_t c = C(C_CON);
    c |= v == 0 ? C(C_ZERO) : 0;
    c |= in(v, -128, 127) ? C(C_S8) : 0;
    c |= in(v, 0, 255) ? C(C_U8) : 0;
    c |= in(v, 1, 256) ? C(C_LEN) : 0;
    c |= in(v, -0x8000, 0x7fff) ? C(C_S16) : 0;
    c |= in(v, -0x7fff, 0x8000) ? C(C_NEGS16) : 0;
    c |= in(v, 0, 0xffff) ? C(C_U16) : 0;
    c |= in(v, -0x8000, -1) ? C(C_N16) : 0;
    c |= s32 ? C(C_S32) : 0;
    c |= u32 ? C(C_U32) : 0;
    c |= in(v, -INT64_C(0x7fffffff), INT64_C(0x80000000)) ? C(C_NEGS32) : 0;
    c |= s32 && v < 0 ? C(C_N32) : 0;
    if (s32 || u32) {
        c |= C(C_W32);
        c |= w >> 16 == 0xffff ? C(C_HIONES) : 0;
        c |= (w & 0xffff) == 0xffff ? C(C_LOONES) : 0;
        c |= w >> 16 == 0 ? C(C_HIZERO) : 0;
        c |= (w & 0xffff) == 0 ? C(C_LOZERO) : 0;
    }
    return c | (s32 || u32 || ((uint64_t)v & 0xffffffff) == 0 ? C(C_MOVCON) : 0);
}

static uint64_t classify_mem(const struct prog *p, const struct operand *a)
{
    const struct operand *last = &p->arg[p->n_args - 1];
    int64_t v = a->value;
    uint64_t c = 0;
    if (v != (int32_t)v)
        return 0;
    bool u12 = in(v, 0, 0xfff), s20 = in(v, -0x80000, 0x7ffff);
    c |= u12 ? C(C_MX12) : 0;
    c |= s20 ? C(C_MX20) : C(C_MXBIG);
    if (a->index)
        return c;
    c |= v == 0 ? C(C_MEM0) : 0;
    c |= u12 ? C(C_M12) : C(C_MFAR);
    c |= s20 ? C(C_M20) : C(C_MBIG);
    if (a != last && last->kind == OPERAND_MEM && last->reg == a->reg && last->value == v)
        c |= C(C_MSAME);
    /* CLEAR: every chunk of 256 bytes begins within 12 bits */
    if (u12 && p->arg[0].kind == OPERAND_IMM && p->arg[0].value > 0 &&
        v + (p->arg[0].value - 1) / 256 * 256 <= 0xfff)
        c |= C(C_CLEAR12);
    return c;
}

static uint64_t classify_reg(const struct prog *p, const struct operand *a)
{
    const struct operand *last = &p->arg[p->n_args - 1];
    switch (REG_CLASS(a->reg)) {
    case RC_R:
        return C(C_R) | (a->reg % 2 == 0 ? C(C_EVEN) : 0) |
               (a != last && a->reg == last->reg ? C(C_SAME) : 0);
    case RC_F:
        return C(C_F);
    case RC_V:
        return C(C_V);
    default:
        return C(C_AR);
    }
}

/* The name of a constant that Go keeps in read-only memory: $i64.123456789abcdef0(SB), $f32.3f800000(SB). */
static bool is_literal(const struct operand *a)
{
    return strncmp(a->name, "i64.", 4) == 0 || strncmp(a->name, "f64.", 4) == 0 ||
           strncmp(a->name, "f32.", 4) == 0;
}

uint64_t s390x_classify(const struct prog *p, const struct operand *a)
{
    switch (a->kind) {
    case OPERAND_REG:
        return classify_reg(p, a);
    case OPERAND_IMM:
        return classify_imm(a->value);
    case OPERAND_MEM:
        return classify_mem(p, a);
    case OPERAND_ADDR:
        if (in(a->value, 0, 0xfff))
            return C(C_A12);
        return in(a->value, -0x80000, 0x7ffff)              ? C(C_A20)
               : a->value == (int32_t)a->value && !a->index ? C(C_ABIG)
                                                            : 0;
    case OPERAND_SYM:
        return a->value % 2 ? C(C_SYMODD) : C(C_SYM);
    case OPERAND_SYM_ADDR:
        return is_literal(a) ? C(C_LITERAL) : a->value % 2 ? C(C_SYMADDRODD) : C(C_SYMADDR);
    case OPERAND_TARGET:
        return C(C_TARGET);
    default:
        return 0;
    }
}

/* ---- formats ---- */

static void reg_text(int reg, char *out, size_t n)
{
    static const char letter[] = {[RC_R] = 'r', [RC_F] = 'f', [RC_V] = 'v', [RC_AR] = 'a'};
    snprintf(out, n, "%%%c%d", letter[REG_CLASS(reg)], REG_NUMBER(reg));
}

/* What stores an immediate: MOVD, MOVW(Z), MOVH(Z). */
static const char *store_immediate(const struct prog *p)
{
    return p->op[3] == 'D' ? "mvghi" : p->op[3] == 'W' ? "mvhi" : "mvhhi";
}

bool s390x_format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n)
{
    char base[8] = "0", index[8] = "0";
    if (a->reg)
        reg_text(a->reg, base, sizeof base);
    if (a->index)
        reg_text(a->index, index, sizeof index);
    if (a->kind == OPERAND_REG && strcmp(fmt, "state") == 0)
        snprintf(out, n, "%c%d", REG_CLASS(a->reg) == RC_F ? 'v' : base[1], REG_NUMBER(a->reg));
    else if (a->kind == OPERAND_REG && !*fmt)
        snprintf(out, n, "%s", base);
    else if (a->kind == OPERAND_MEM && !*fmt && a->index)
        snprintf(out, n, "%lld(%s,%s)", (long long)a->value, index, base);
    else if (a->kind == OPERAND_MEM && !*fmt)
        snprintf(out, n, "%lld(%s)", (long long)a->value, base);
    else if (a->kind == OPERAND_ADDR && !*fmt) /* Go has base and index the other way round here */
        snprintf(out, n, "%lld(%s,%s)", (long long)a->value, base, index);
    else if (a->kind == OPERAND_MEM && strcmp(fmt, "ss") == 0)
        snprintf(out, n, "%lld(%lld,%s)", (long long)a->value, (long long)p->arg[0].value, base);
    else if (strcmp(fmt, "base") == 0)
        snprintf(out, n, "%s", base);
    else if (strcmp(fmt, "index") == 0)
        snprintf(out, n, "%s", index);
    else if (strcmp(fmt, "mvi") == 0)
        snprintf(out, n, "%s", store_immediate(p));
    else if (strcmp(fmt, "u8") == 0)
        snprintf(out, n, "%u", (unsigned)(a->value & 0xff));
    else if (strcmp(fmt, "u32") == 0)
        snprintf(out, n, "%u", (unsigned)a->value);
    else if (strcmp(fmt, "even") == 0) /* the symbol, without an odd offset's last byte */
        snprintf(out, n, "everypc_%s%+lld", a->name, (long long)(a->value & ~INT64_C(1)));
    else if (strcmp(fmt, "literal") == 0)
        literal_label((int64_t)strtoull(a->name + 4, NULL, 16), a->name[1] == '3' ? 4 : 8, out, n);
    else if (a->kind == OPERAND_IMM && !*fmt)
        snprintf(out, n, "%lld", (long long)a->value);
    else
        return false;
    return true;
}

/* A constant as the operation's width and sign take it. */
static int64_t truncated(const struct prog *p, int64_t v)
{
    bool zero = p->op[4] == 'Z';
    switch (p->op[3]) {
    case 'W':
        return zero ? (int64_t)(uint32_t)v : (int32_t)v;
    case 'H':
        return zero ? (uint16_t)v : (int16_t)v;
    case 'B':
        return zero ? (uint8_t)v : (int8_t)v;
    default:
        return v;
    }
}

/* @con value,reg: one load immediate (asmz.go case 3; wider ones are in memory). */
static void macro_con(struct prog *p, int64_t v, const char *reg)
{
    uint64_t u = (uint64_t)v;
    if (v == (int16_t)v)
        prog_add(p, 4, "lghi %s,%lld", reg, (long long)v);
    else if ((u & 0xffff0000) == u)
        prog_add(p, 4, "llilh %s,%u", reg, (unsigned)(u >> 16));
    else if ((u & UINT64_C(0xffff00000000)) == u)
        prog_add(p, 4, "llihl %s,%u", reg, (unsigned)(u >> 32));
    else if ((u & UINT64_C(0xffff000000000000)) == u)
        prog_add(p, 4, "llihh %s,%u", reg, (unsigned)(u >> 48));
    else if (v == (int32_t)v)
        prog_add(p, 6, "lgfi %s,%lld", reg, (long long)v);
    else if (u == (uint32_t)u)
        prog_add(p, 6, "llilf %s,%u", reg, (unsigned)u);
    else
        prog_add(p, 6, "llihf %s,%u", reg, (unsigned)(u >> 32));
}

/* @clear length,offset,base: zeroes memory, at most 256 bytes at a time (asmz.go case 96). */
static void macro_clear(struct prog *p, int64_t length, int64_t offset, const char *base)
{
    for (int64_t size; length > 0; length -= size, offset += size) {
        if (!in(offset, 0, 0xfff)) {
            if (in(offset, -0x80000, 0x7ffff)) {
                prog_add(p, 6, "lay %%r10,%lld(%s,0)", (long long)offset, base);
            } else {
                prog_add(p, 4, "lgr %%r10,%s", base);
                prog_add(p, 6, "agfi %%r10,%lld", (long long)offset);
            }
            base = "%r10";
            offset = 0;
        }
        size = length < 256 ? length : 256;
        if (size == 1)
            prog_add(p, 4, "mvi %lld(%s),0", (long long)offset, base);
        else if (size == 2 || size == 4 || size == 8)
            prog_add(p, 6, "mv%shi %lld(%s),0",
                     size == 2   ? "h"
                     : size == 4 ? ""
                                 : "g",
                     (long long)offset, base);
        else
            prog_add(p, 6, "xc %lld(%lld,%s),%lld(%s)", (long long)offset, (long long)size, base,
                     (long long)offset, base);
    }
}

bool s390x_macro(struct prog *p, const char *name, const char *args)
{
    char reg[8];
    long long v, offset;
    if (strcmp(name, "con") == 0 && sscanf(args, "%lld,%7s", &v, reg) == 2)
        macro_con(p, truncated(p, v), reg);
    else if (strcmp(name, "clear") == 0 && sscanf(args, "%lld,%lld,%7s", &v, &offset, reg) == 3)
        macro_clear(p, v, offset, reg);
    else
        return false;
    return true;
}
