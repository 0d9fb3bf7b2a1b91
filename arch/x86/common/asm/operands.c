/* x86: operand classes and formats of the optab, for 32 and 64 bits (Go 1.19, cmd/internal/obj/x86/asm6.go).
 */
#include "optab.h"

#include <stdio.h>
#include <string.h>

static bool is_64(const struct prog *p)
{
    return p->arch->target->word == 8;
}

static const struct opname *name_of(const struct prog *p)
{
    for (const struct opname *o = p->arch->ops; o->go; o++)
        if (strcmp(o->go, p->op) == 0)
            return o;
    return NULL;
}

static char width_of(const struct prog *p)
{
    const struct opname *o = name_of(p);
    return o && o->gas[1] ? *o->gas[1] : is_64(p) ? 'q' : 'l';
}

/* A constant as the operation's width has it. */
static int64_t cut(const struct prog *p, int64_t v, char width)
{
    return width == 'b' ? (int8_t)v : width == 'w' ? (int16_t)v : width == 'l' || !is_64(p) ? (int32_t)v : v;
}

static uint64_t classify_imm(const struct prog *p, int64_t v)
{
    char width = width_of(p);
    uint64_t c = C(C_I64);
    int bits = width == 'b' ? 8 : width == 'w' ? 16 : 32;
    int64_t low = -(INT64_C(1) << (bits - 1)), high = (INT64_C(1) << (width == 'q' ? bits - 1 : bits)) - 1;
    if (v >= low && v <= high)
        c |= C(C_I);
    if (v >= 0 && v <= UINT32_MAX)
        c |= C(C_U32);
    if (v >= 0 && v < 256)
        c |= C(C_U8);
    return c;
}

static uint64_t classify_reg(const struct prog *p, int reg)
{
    int n = REG_NUMBER(reg);
    switch (REG_CLASS(reg)) {
    case RC_R:
        return R | (n == RN_CX ? C(C_CX) : 0) | (n == RN_AX ? C(C_AX) : 0) |
               (width_of(p) != 'b' || n < RN_SP || is_64(p) ? RB : 0);
    case RC_LOW:
    case RC_HIGH:
        return (width_of(p) == 'b' ? RB : 0) | (reg == REG(RC_LOW, RN_CX) ? C(C_CX) : 0);
    case RC_X:
        return X;
    case RC_F:
        return C(C_F) | (n == 0 ? C(C_F0) : 0);
    default:
        return C(C_TLSREG);
    }
}

uint64_t x86_classify(const struct prog *p, const struct operand *a)
{
    switch (a->kind) {
    case OPERAND_REG:
        return classify_reg(p, a->reg);
    case OPERAND_IMM:
        return classify_imm(p, a->value);
    case OPERAND_MEM:
        return a->index == X86_TLS || a->reg == X86_TLS ? C(C_TLS) : C(C_MEM);
    case OPERAND_SYM:
        return C(C_SYM);
    case OPERAND_SYM_ADDR:
        return C(C_SYMADDR);
    case OPERAND_TARGET:
        return C(C_TARGET);
    default:
        return 0;
    }
}

static void reg_text(int reg, char width, char *out, size_t n)
{
    static const char *const old[] = {"ax", "cx", "dx", "bx", "sp", "bp", "si", "di"};
    int k = REG_NUMBER(reg);
    if (REG_CLASS(reg) == RC_X)
        snprintf(out, n, "xmm%d", k);
    else if (REG_CLASS(reg) == RC_F)
        snprintf(out, n, k ? "st(%d)" : "st", k);
    else if (REG_CLASS(reg) == RC_HIGH)
        snprintf(out, n, "%ch", old[k][0]);
    else if (k >= 8)
        snprintf(out, n, "r%d%s", k, width == 'b' ? "b" : width == 'w' ? "w" : width == 'l' ? "d" : "");
    else if (width == 'b' || REG_CLASS(reg) == RC_LOW)
        snprintf(out, n, k < 4 ? "%.1sl" : "%sl", old[k]);
    else
        snprintf(out, n, "%s%s", width == 'w' ? "" : width == 'l' ? "e" : "r", old[k]);
}

/* The register's name in the state: TLS is none of them. */
static bool state_name(const struct prog *p, const struct operand *a, char *out, size_t n)
{
    if (a->reg == X86_TLS)
        return false;
    reg_text(a->reg, is_64(p) ? 'q' : 'l', out, n);
    return true;
}

/* Offsets from TLS are from the variable that holds g; the linker knows where that lies, as Go's does
 * (R_TLS_LE). */
static void tls_text(const struct prog *p, const struct operand *a, char *out, size_t n)
{
    const char *at = p->arch->tls_offset;
    char base[8];
    if (a->reg == X86_TLS) {
        snprintf(out, n, "%s%+lld", p->arch->tls_direct, (long long)a->value);
        return;
    }
    reg_text(a->reg, is_64(p) ? 'q' : 'l', base, sizeof base);
    snprintf(out, n, "%s%+lld(%%%s)", at, (long long)a->value, base);
}

static void mem_text(const struct prog *p, const struct operand *a, char *out, size_t n)
{
    char base[8] = "", index[8] = "", pointer = is_64(p) ? 'q' : 'l';
    if (a->reg == X86_TLS || a->index == X86_TLS) {
        tls_text(p, a, out, n);
        return;
    }
    if (a->reg)
        reg_text(a->reg, pointer, base, sizeof base);
    if (a->index)
        reg_text(a->index, pointer, index, sizeof index);
    int at = snprintf(out, n, "%lld(%s%s", (long long)(int32_t)a->value, *base ? "%" : "", base);
    if (*index)
        snprintf(out + at, n - (size_t)at, ",%%%s,%d)", index, a->scale ? a->scale : 1);
    else
        snprintf(out + at, n - (size_t)at, ")");
}

bool x86_format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n)
{
    if (strcmp(fmt, "state") == 0)
        return a->kind == OPERAND_REG && state_name(p, a, out, n);
    if (strcmp(fmt, "tls") == 0)
        return snprintf(out, n, "%s", p->arch->tls_base) > 0;
    const struct opname *o = name_of(p);
    char width = width_of(p);
    if (strcmp(fmt, "d") == 0) /* the destination's width */
        width = o && o->gas[2] ? *o->gas[2] : width;
    else if (fmt[0] && !fmt[1] && strchr("bwlq", *fmt))
        width = *fmt;
    else if (*fmt)
        return false;
    switch (a->kind) {
    case OPERAND_REG:
        *out = '%';
        reg_text(a->reg, width, out + 1, n - 1);
        return true;
    case OPERAND_IMM:
        snprintf(out, n, "$%lld", (long long)cut(p, a->value, width));
        return true;
    case OPERAND_MEM:
        mem_text(p, a, out, n);
        return true;
    case OPERAND_SYM:
        snprintf(out, n, is_64(p) ? "everypc_%s%+lld(%%rip)" : "everypc_%s%+lld", a->name,
                 (long long)a->value);
        return true;
    default:
        return false;
    }
}

/* A row of Go's listing that only makes sense behind a CALL. */
const char *x86_unrunnable(const struct prog *p)
{
    return strcmp(p->op, "RET") == 0 ? "it returns to a caller that the row does not have" : NULL;
}

/* The registers that a string operation takes addresses from. */
const int *x86_implicit_bases(const struct prog *p)
{
    static const int both[] = {REG(RC_R, RN_SI), REG(RC_R, RN_DI), 0}, source[] = {REG(RC_R, RN_SI), 0},
                     destination[] = {REG(RC_R, RN_DI), 0}, none[] = {0};
    if (p->n_args > 0)
        return none;
    if (strncmp(p->op, "MOVS", 4) == 0 || strncmp(p->op, "CMPS", 4) == 0)
        return both;
    if (strncmp(p->op, "LODS", 4) == 0)
        return source;
    return strncmp(p->op, "STOS", 4) == 0 || strncmp(p->op, "SCAS", 4) == 0 ? destination : none;
}
