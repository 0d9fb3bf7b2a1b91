/* mips: the register list's units by the numbers of fields. */
#ifndef EVERYPC_MIPS_EFFECTS_UNITS_H
#define EVERYPC_MIPS_EFFECTS_UNITS_H

#include "../probe/regs.h"

#include "insn/effects_fill.h"

enum { ARCH_REGS(UNITS_OF) N_UNITS };

static inline int general(uint32_t n)
{
    return n == 0 ? NO_UNIT : n < 26 ? U_r1 + (int)n - 1 : U_r28 + (int)n - 28;
}

#endif
