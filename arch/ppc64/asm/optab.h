/* ppc64: registers as the optab and the marks name them. */
#ifndef EVERYPC_PPC64_OPTAB_H
#define EVERYPC_PPC64_OPTAB_H

#include "asm/prog.h"

/* CR: the condition register, number 8, and its fields, 0 to 7. SPR numbers reach to 1023: RC_SPR is four
 * classes. */
enum { RC_R = 1, RC_F, RC_V, RC_VS, RC_CR, RC_CRBIT, RC_FPSCR, RC_SPR };
#define PPC64_SP              REG(RC_R, 1)
#define PPC64_REGTMP          REG(RC_R, 31)
#define PPC64_CR              REG(RC_CR, 8)
#define PPC64_XER             REG(RC_SPR, 1)
#define PPC64_LR              REG(RC_SPR, 8)
#define PPC64_CTR             REG(RC_SPR, 9)
#define PPC64_SPR_NUMBER(reg) ((reg)-REG(RC_SPR, 0))

enum opclass {
    OP_ADD = 1,
    OP_SUB,
    OP_ADDC,
    OP_SUBC,
    OP_MUL,
    OP_RRR,
    OP_SUBF,
    OP_LOGIC,
    OP_ANDCC,
    OP_SHIFT,
    OP_UNARY,
    OP_REM,
    OP_REMU,
    OP_CMP,
    OP_CMPU,
    OP_CRRR,
    OP_ISEL,
    OP_SETB,
    OP_RLW,
    OP_RLD,
    OP_MOV,
    OP_MOVB,
    OP_MOVU,
    OP_MOVBU,
    OP_MOVX,
    OP_FMOV,
    OP_FMOVU,
    OP_FRRR,
    OP_FMADD,
    OP_FUNARY,
    OP_FCMP,
    OP_MOVFL,
    OP_MTFSB,
    OP_BCOND,
    OP_BC,
    OP_BD,
    OP_B,
    OP_BL,
    OP_RET,
    OP_LAR,
    OP_STCCC,
    OP_VRRR,
    OP_VRRRR,
    OP_VRR,
    OP_VSPLTI,
    OP_VSOI,
    OP_XX3,
    OP_XX2,
    OP_XXPERMDI,
    OP_LVX,
    OP_MVSR,
    OP_PLAIN,
    OP_WORD,
    OP_PNOP
};

/* Operand classes, a bit each. SHORT and LONG: offsets of one instruction and of two; UPPER: a signed 32-bit
 * constant without a lower half, UPPERU: an unsigned one. */
#define C(n) (UINT64_C(1) << (n))
enum {
    C_R = 0,
    C_TMP,
    C_ZERO,
    C_F,
    C_V,
    C_VS,
    C_CRF,
    C_CR,
    C_CRBIT,
    C_FPSCR,
    C_LR,
    C_CTR,
    C_SPR,
    C_S16,
    C_U16,
    C_UPPER,
    C_UPPERU,
    C_CON32,
    C_CON64,
    C_U6,
    C_S5,
    C_CON,
    C_SHORT,
    C_LONG,
    C_ZOREG,
    C_INDEX,
    C_SADDR,
    C_LADDR,
    C_SYM,
    C_SYMADDR,
    C_POOLED,
    C_TARGET
};
#define RN (C(C_R)) /* any but REGTMP, which the expansion uses */
#define R  (C(C_R) | C(C_TMP))
#define RZ (R | C(C_ZERO))           /* $0 is read from R0 */
#define X  (C(C_INDEX) | C(C_ZOREG)) /* what an indexed load or store takes */

extern const struct opname ppc64_ops[];
uint64_t ppc64_classify(const struct prog *p, const struct operand *a);
bool ppc64_format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n);
const char *ppc64_unrunnable(const struct prog *p);
extern const struct sp_rule ppc64_sp_rules[]; /* sp.c */

bool ppc64_is_unsafe_point(const void *prog);
bool ppc64_is_restartable(const void *prog);

#endif
