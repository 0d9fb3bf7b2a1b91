/* riscv64: registers as the optab and the marks name them. */
#ifndef EVERYPC_RISCV64_OPTAB_H
#define EVERYPC_RISCV64_OPTAB_H

#include "asm/prog.h"

enum { RC_X = 1, RC_F };
#define RISCV64_REGTMP REG(RC_X, 31)
#define RISCV64_SP     REG(RC_X, 2)
#define RISCV64_ZERO   REG(RC_X, 0)

extern const struct sp_rule riscv64_sp_rules[]; /* sp.c */

bool riscv64_is_unsafe_point(const void *prog);
bool riscv64_is_restartable(const void *prog);

#endif
