/* x86: operand classes and formats of the optab, for 32 and 64 bits (Go 1.19, cmd/internal/obj/x86/asm6.go).
 * The including file defines X86_BITS and, before it includes this, the operations `ops` (x86_ops.inc). */
#ifndef EVERYPC_X86_OPTAB_H
#define EVERYPC_X86_OPTAB_H

#include <stdio.h>
#include <string.h>

#include "prog.h"

#define C(n) (UINT64_C(1) << (n))
enum {
    C_R = 0,
    C_RB,
    C_CX,
    C_AX,
    C_X,
    C_F,
    C_F0,
    C_MEM,
    C_TLS,
    C_TLSREG,
    C_SYM,
    C_SYMADDR,
    C_I,
    C_U32,
    C_I64,
    C_U8,
    C_TARGET
};
#define R  C(C_R)
#define RB C(C_RB) /* a register of the operation's width */
#define M  (C(C_MEM) | C(C_TLS))
#define RM (RB | M)
#define X  C(C_X)
#define XM (X | M)

static const struct opname *x86_name(const struct prog *p)
{
    for (const struct opname *o = ops; o->go; o++)
        if (strcmp(o->go, p->op) == 0)
            return o;
    return NULL;
}

static char x86_width(const struct prog *p)
{
    const struct opname *o = x86_name(p);
    return o && o->gas[1] ? *o->gas[1] : X86_BITS == 64 ? 'q' : 'l';
}

/* A constant as the operation's width has it. */
static int64_t x86_imm(int64_t v, char width)
{
    return width == 'b'                     ? (int8_t)v
           : width == 'w'                   ? (int16_t)v
           : width == 'l' || X86_BITS == 32 ? (int32_t)v
                                            : v;
}

static uint64_t x86_classify_imm(const struct prog *p, int64_t v)
{
    char width = x86_width(p);
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

static uint64_t x86_classify_reg(const struct prog *p, int reg)
{
    int n = REG_NUMBER(reg);
    switch (REG_CLASS(reg)) {
    case RC_R:
        return R | (n == RN_CX ? C(C_CX) : 0) | (n == RN_AX ? C(C_AX) : 0) |
               (x86_width(p) != 'b' || n < RN_SP || X86_BITS == 64 ? RB : 0);
    case RC_LOW:
    case RC_HIGH:
        return (x86_width(p) == 'b' ? RB : 0) | (reg == REG(RC_LOW, RN_CX) ? C(C_CX) : 0);
    case RC_X:
        return X;
    case RC_F:
        return C(C_F) | (n == 0 ? C(C_F0) : 0);
    default:
        return C(C_TLSREG);
    }
}

static uint64_t x86_classify(const struct prog *p, const struct operand *a)
{
    switch (a->kind) {
    case OPERAND_REG:
        return x86_classify_reg(p, a->reg);
    case OPERAND_IMM:
        return x86_classify_imm(p, a->value);
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

static void x86_reg_text(int reg, char width, char *out, size_t n)
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
static bool x86_state_name(const struct operand *a, char *out, size_t n)
{
    if (a->reg == X86_TLS)
        return false;
    x86_reg_text(a->reg, X86_BITS == 64 ? 'q' : 'l', out, n);
    return true;
}

/* Offsets from TLS are from the variable that holds g; the linker knows where that lies, as Go's does
 * (R_TLS_LE). */
static void x86_tls_text(const struct operand *a, char *out, size_t n)
{
    const char *at = X86_BITS == 64 ? "everypc_tlsg@tpoff" : "everypc_tlsg@ntpoff";
    char base[8];
    if (a->reg == X86_TLS) {
        snprintf(out, n, X86_BITS == 64 ? "%%fs:%s%+lld" : "%%gs:%s%+lld", at, (long long)a->value);
        return;
    }
    x86_reg_text(a->reg, X86_BITS == 64 ? 'q' : 'l', base, sizeof base);
    snprintf(out, n, "%s%+lld(%%%s)", at, (long long)a->value, base);
}

static void x86_mem_text(const struct operand *a, char *out, size_t n)
{
    char base[8] = "", index[8] = "", pointer = X86_BITS == 64 ? 'q' : 'l';
    if (a->reg == X86_TLS || a->index == X86_TLS) {
        x86_tls_text(a, out, n);
        return;
    }
    if (a->reg)
        x86_reg_text(a->reg, pointer, base, sizeof base);
    if (a->index)
        x86_reg_text(a->index, pointer, index, sizeof index);
    int at = snprintf(out, n, "%lld(%s%s", (long long)(int32_t)a->value, *base ? "%" : "", base);
    if (*index)
        snprintf(out + at, n - (size_t)at, ",%%%s,%d)", index, a->scale ? a->scale : 1);
    else
        snprintf(out + at, n - (size_t)at, ")");
}

static bool x86_format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n)
{
    if (strcmp(fmt, "state") == 0)
        return a->kind == OPERAND_REG && x86_state_name(a, out, n);
    const struct opname *o = x86_name(p);
    char width = x86_width(p);
    if (strcmp(fmt, "d") == 0) /* the destination's width */
        width = o && o->gas[2] ? *o->gas[2] : width;
    else if (fmt[0] && !fmt[1] && strchr("bwlq", *fmt))
        width = *fmt;
    else if (*fmt)
        return false;
    switch (a->kind) {
    case OPERAND_REG:
        *out = '%';
        x86_reg_text(a->reg, width, out + 1, n - 1);
        return true;
    case OPERAND_IMM:
        snprintf(out, n, "$%lld", (long long)x86_imm(a->value, width));
        return true;
    case OPERAND_MEM:
        x86_mem_text(a, out, n);
        return true;
    case OPERAND_SYM:
        snprintf(out, n, X86_BITS == 64 ? "everypc_%s%+lld(%%rip)" : "everypc_%s%+lld", a->name,
                 (long long)a->value);
        return true;
    default:
        return false;
    }
}

/* A row of Go's listing that only makes sense behind a CALL. */
static const char *x86_unrunnable(const struct prog *p)
{
    return strcmp(p->op, "RET") == 0 ? "it returns to a caller that the row does not have" : NULL;
}

/* The registers that a string operation takes addresses from. */
static const int *x86_implicit_bases(const struct prog *p)
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

#endif
