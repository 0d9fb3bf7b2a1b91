/* arm: registers as the optab and the marks name them, and what the optab's classes share with its formats.
 */
#ifndef EVERYPC_ARM_OPTAB_H
#define EVERYPC_ARM_OPTAB_H

#include "asm/prog.h"

enum { RC_R = 1, RC_F, RC_CTL };
#define ARM_SP   REG(RC_R, 13)
#define ARM_CPSR REG(RC_CTL, 0)
#define ARM_FPSR REG(RC_CTL, 1) /* Go has two names for FPSCR */
#define ARM_FPCR REG(RC_CTL, 2)

/* Operation classes, the keys of the optab. */
enum opclass {
    OP_ARITH = 1,
    OP_CMP,
    OP_SHIFT,
    OP_MVN,
    OP_MOVE,
    OP_XTA,
    OP_MUL,
    OP_DIV,
    OP_MULL,
    OP_MULA,
    OP_BFX,
    OP_BFC,
    OP_UNARY,
    OP_MOVM,
    OP_FMOV,
    OP_FARITH,
    OP_FMLA,
    OP_FUNARY,
    OP_FCMP,
    OP_FCVT,
    OP_FTOI,
    OP_ITOF,
    OP_BCOND,
    OP_B,
    OP_BL,
    OP_RET,
    OP_LDREX,
    OP_STREX,
    OP_LDREXD,
    OP_STREXD,
    OP_PLD,
    OP_WORD
};

extern const struct sp_rule arm_sp_rules[]; /* sp.c */

bool arm_is_unsafe_point(const void *prog);
bool arm_is_restartable(const void *prog);

/* ops.c: the operations; one by its Go name, or null. */
extern const struct opname arm_ops[];
const struct opname *arm_opname(const char *op);

/* operands.c */

/* Whether ".EQ.S" has "S". */
bool arm_has_suffix(const char *suffixes, const char *one);
/* The condition among a Prog's suffixes, or "". */
const char *arm_condition(const char *suffixes);
/* Whether it is an 8-bit value rotated by an even amount: an immediate of the data-processing instructions.
 */
bool arm_rotated8(uint32_t v);
/* v as *a + *b or as *a - *b, both rotated 8-bit values, if it can be split like that. */
bool arm_split_sum(uint32_t v, uint32_t *a, uint32_t *b);
bool arm_split_difference(uint32_t v, uint32_t *a, uint32_t *b);
/* For struct asm_arch. */
bool arm_format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n);

#endif
