/* ppc64: the fields of an instruction's word, and what the effects of branches and the rest share. */
#ifndef EVERYPC_PPC64_EFFECTS_WORD_H
#define EVERYPC_PPC64_EFFECTS_WORD_H

#include "../probe/regs.h"

#include "insn/effects_fill.h"

enum { ARCH_REGS(UNITS_OF) N_UNITS };

enum { TLS_POINTER = 13, FIRST_VECTOR = 32 };

static inline uint32_t bits(uint32_t word, int first, int last)
{
    return word >> (31 - last) & ((2u << (last - first)) - 1);
}

static inline int gpr(uint32_t n)
{
    return U_r0 + (int)n;
}

static inline int vsr(uint32_t n)
{
    return U_vs0 + 2 * (int)n;
}

/* effects_branch.c */
void ppc64_branch_to(struct effects *fx, uint32_t word, int64_t distance, enum flow flow);
void ppc64_branch_reg(struct effects *fx, uint32_t word, int unit, enum flow flow);
void ppc64_branch_if(struct effects *fx, uint32_t word);
void ppc64_syscall(struct effects *fx);
/* MTSPR and MFSPR. */
void ppc64_special(struct effects *fx, uint32_t word, bool to);

#endif
