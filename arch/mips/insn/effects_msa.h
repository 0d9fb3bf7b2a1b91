/* mips: the SIMD extension MSA, opcode 30. Its branches are among those of coprocessor 1, LSA and DLSA among
 * the general instructions. */
#ifndef EVERYPC_MIPS_EFFECTS_MSA_H
#define EVERYPC_MIPS_EFFECTS_MSA_H

#include "insn/effects.h"

enum { MSA = 30 };

/* Completes *fx as fill_word does; false for words that are no instruction. */
bool mips_msa(uint32_t word, struct effects *fx);

#endif
