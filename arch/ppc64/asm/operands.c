/* ppc64: what operands are (classes) and how they are written for GNU as (formats). */
#include "optab.h"

#include <stdio.h>
#include <string.h>

static const struct opname *name_of(const struct prog *p)
{
    for (const struct opname *o = ppc64_ops; o->go; o++)
        if (strcmp(o->go, p->op) == 0)
            return o;
    return NULL;
}

/* SUB of a constant adds its negative (obj9.go progedit). */
static int64_t constant(const struct prog *p, const struct operand *a)
{
    const struct opname *o = name_of(p);
    bool negate = a == &p->arg[0] && o && (o->opclass == OP_SUB || o->opclass == OP_SUBC);
    return negate ? (int64_t)(0 - (uint64_t)a->value) : a->value;
}

static uint64_t classify_imm(int64_t v)
{
    bool s32 = v == (int32_t)v, u32 = v == (int64_t)(uint32_t)v;
    return C(C_CON) | (v == 0 ? C(C_ZERO) : 0) | (v == (int16_t)v ? C(C_S16) : 0) |
           (v == (uint16_t)v ? C(C_U16) : 0) | (s32 && (v & 0xffff) == 0 ? C(C_UPPER) : 0) |
           (u32 && (v & 0xffff) == 0 ? C(C_UPPERU) : 0) | (s32 || u32 ? C(C_CON32) : C(C_CON64)) |
           (v >= 0 && v < 64 ? C(C_U6) : 0) | (v >= -16 && v < 16 ? C(C_S5) : 0);
}

/* Whether an offset fits a signed upper half, adjusted for the sign of the lower one. */
static bool fits_ha(int64_t v)
{
    return v == (int32_t)v && v + 0x8000 == (int32_t)(v + 0x8000);
}

static uint64_t classify_mem(const struct prog *p, const struct operand *a)
{
    if (a->index)
        return C(C_INDEX);
    const struct opname *o = name_of(p);
    const char *access = o && o->gas[0] && o->gas[1] ? o->gas[p->arg[0].kind != OPERAND_MEM] : "";
    bool ds = strcmp(access, "ld") == 0 || strcmp(access, "ldu") == 0 || strcmp(access, "lwa") == 0 ||
              strcmp(access, "std") == 0 || strcmp(access, "stdu") == 0;
    int64_t v = a->value;
    uint64_t c = v == 0 ? C(C_ZOREG) : 0;
    if (ds && v % 4 != 0) /* the two low bits of these are part of the operation */
        return c;
    return c | (v == (int16_t)v ? C(C_SHORT) : 0) | (fits_ha(v) ? C(C_LONG) : 0);
}

static uint64_t classify_reg(int reg)
{
    if (reg >= REG(RC_SPR, 0))
        return C(C_SPR) | (reg == PPC64_LR ? C(C_LR) : 0) | (reg == PPC64_CTR ? C(C_CTR) : 0);
    switch (REG_CLASS(reg)) {
    case RC_R:
        return reg == PPC64_REGTMP ? C(C_TMP) : C(C_R);
    case RC_F:
        return C(C_F);
    case RC_V:
        return C(C_V);
    case RC_VS:
        return C(C_VS);
    case RC_CR:
        return reg == PPC64_CR ? C(C_CR) : C(C_CRF);
    case RC_CRBIT:
        return C(C_CRBIT);
    default:
        return C(C_FPSCR);
    }
}

uint64_t ppc64_classify(const struct prog *p, const struct operand *a)
{
    switch (a->kind) {
    case OPERAND_REG:
        return classify_reg(a->reg);
    case OPERAND_IMM:
        return classify_imm(constant(p, a));
    case OPERAND_MEM:
        return classify_mem(p, a);
    case OPERAND_ADDR:
        return (a->value == (int16_t)a->value ? C(C_SADDR) : 0) | (fits_ha(a->value) ? C(C_LADDR) : 0);
    case OPERAND_SYM:
        return C(C_SYM);
    case OPERAND_SYM_ADDR: /* $i64.…(SB) is Go's name for a constant that it keeps in memory */
        return strncmp(a->name, "i64.", 4) == 0 ? C(C_POOLED) : C(C_SYMADDR);
    case OPERAND_TARGET:
        return C(C_TARGET);
    default:
        return 0;
    }
}

/* ---- formats ---- */

static void reg_text(int reg, char *out, size_t n)
{
    static const char *const prefix[] = {[RC_R] = "%r", [RC_F] = "%f", [RC_V] = "%v", [RC_VS] = "%vs"};
    if (reg >= REG(RC_SPR, 0))
        snprintf(out, n, "%d", PPC64_SPR_NUMBER(reg));
    else
        snprintf(out, n, "%s%d", REG_CLASS(reg) <= RC_VS ? prefix[REG_CLASS(reg)] : "", REG_NUMBER(reg));
}

/* The register's name in the state (regs.h). */
static void state_text(int reg, char *out, size_t n)
{
    if (reg == PPC64_LR || reg == PPC64_CTR || reg == PPC64_XER)
        snprintf(out, n, reg == PPC64_LR ? "lr" : reg == PPC64_CTR ? "ctr" : "xer");
    else if (REG_CLASS(reg) == RC_F || REG_CLASS(reg) == RC_V || REG_CLASS(reg) == RC_VS)
        snprintf(out, n, "vs%d", REG_NUMBER(reg) + (REG_CLASS(reg) == RC_V ? 32 : 0));
    else if (REG_CLASS(reg) == RC_R)
        snprintf(out, n, "r%d", REG_NUMBER(reg));
    else
        snprintf(out, n, reg == PPC64_CR ? "cr" : REG_CLASS(reg) == RC_FPSCR ? "fpscr" : "-");
}

/* What a load's third mnemonic takes: MOVWZ and the like are a rotate with a mask. */
static void move_text(const struct prog *p, const struct operand *a, char *out, size_t n)
{
    const char *mask = strcmp(p->op, "MOVWZ") == 0   ? ",0,32"
                       : strcmp(p->op, "MOVHZ") == 0 ? ",0,16,31"
                       : strcmp(p->op, "MOVBZ") == 0 ? ",0,24,31"
                                                     : "";
    char reg[8];
    reg_text(a->reg, reg, sizeof reg);
    snprintf(out, n, "%s%s", reg, mask);
}

bool ppc64_format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n)
{
    long long v = constant(p, a);
    if (a->kind == OPERAND_REG && strcmp(fmt, "state") == 0) {
        state_text(a->reg, out, n);
    } else if (a->kind == OPERAND_REG && strcmp(fmt, "from") == 0) {
        move_text(p, a, out, n);
    } else if (a->kind == OPERAND_REG && strcmp(fmt, "vs") == 0) { /* any of them as a VSX register */
        snprintf(out, n, "%%vs%d", REG_NUMBER(a->reg) + (REG_CLASS(a->reg) == RC_V ? 32 : 0));
    } else if (a->kind == OPERAND_REG && strcmp(fmt, "field") == 0) { /* of mtocrf */
        snprintf(out, n, "%d", 0x80 >> REG_NUMBER(a->reg));
    } else if (a->kind == OPERAND_REG && !*fmt) {
        reg_text(a->reg, out, n);
    } else if (a->kind == OPERAND_MEM && !*fmt) {
        snprintf(out, n, "%lld(%%r%d)", v, REG_NUMBER(a->reg));
    } else if (a->kind == OPERAND_MEM &&
               strcmp(fmt, "x") == 0) { /* the index is RA, which the ISA may take for 0 */
        int index = a->index ? REG_NUMBER(a->index) : 0;
        snprintf(out, n, a->index ? "%%r%d,%%r%d" : "%d,%%r%d", index, REG_NUMBER(a->reg));
    } else if (strcmp(fmt, "base") == 0) {
        snprintf(out, n, "%%r%d", REG_NUMBER(a->reg));
    } else if (strcmp(fmt, "upper") ==
               0) { /* loads the upper half: without sign extension where there is no sign */
        snprintf(out, n, v >= 0 ? "oris" : "addis");
    } else if (strcmp(fmt, "zero") ==
               0) { /* what that adds it to: R0, or no register, which is what as wants to see */
        snprintf(out, n, v >= 0 ? "%%r0" : "0");
    } else if (strcmp(fmt, "hi") == 0) {
        snprintf(out, n, "0x%x", (unsigned)(v >> 16 & 0xffff));
    } else if (strcmp(fmt, "lo") == 0) {
        snprintf(out, n, "0x%x", (unsigned)(v & 0xffff));
    } else if (strcmp(fmt, "word") == 0) {
        snprintf(out, n, "0x%x", (unsigned)v);
    } else if (a->kind == OPERAND_IMM && (!*fmt || (v == 0 && strcmp(fmt, "z") == 0))) {
        snprintf(out, n, *fmt ? "%%r%lld" : "%lld", v);
    } else if (a->kind == OPERAND_REG && strcmp(fmt, "z") == 0) { /* a register, or $0 as R0 */
        reg_text(a->reg, out, n);
    } else {
        return false;
    }
    return true;
}

const char *ppc64_unrunnable(const struct prog *p)
{
    if (strcmp(p->op, "PNOP") == 0)
        return "a prefixed instruction, of ISA 3.1 (POWER10); qemu-user's default CPU is a POWER9";
    for (int k = 0; k < p->n_args; k++) /* Power ISA, mtspr: 16 in the number */
        if (p->arg[k].kind == OPERAND_REG && p->arg[k].reg >= REG(RC_SPR, 0) &&
            (PPC64_SPR_NUMBER(p->arg[k].reg) & 16))
            return "a privileged register";
    return NULL;
}
