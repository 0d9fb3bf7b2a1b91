/* mips: registers as the optab and the marks name them. */
#ifndef EVERYPC_MIPS_OPTAB_H
#define EVERYPC_MIPS_OPTAB_H

#include "asm/prog.h"

enum { RC_R = 1, RC_F, RC_SPECIAL };
#define MIPS_REGTMP REG(RC_R, 23)
#define MIPS_HI     REG(RC_SPECIAL, 0)
#define MIPS_LO     REG(RC_SPECIAL, 1)
#define MIPS_FCR31  REG(RC_SPECIAL, 2)

extern const struct sp_rule mips_sp_rules[]; /* sp.c */

bool mips_is_unsafe_point(const void *prog);
bool mips_is_restartable(const void *prog);

#endif
