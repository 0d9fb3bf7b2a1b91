/* loong64: registers as the optab and the marks name them. */
#ifndef EVERYPC_LOONG64_OPTAB_H
#define EVERYPC_LOONG64_OPTAB_H

#include "asm/prog.h"

enum { RC_R = 1, RC_F, RC_FCC, RC_FCSR };
#define LOONG64_REGTMP REG(RC_R, 30)
#define LOONG64_SP     REG(RC_R, 3)

extern const struct sp_rule loong64_sp_rules[]; /* sp.c */

bool loong64_is_unsafe_point(const void *prog);
bool loong64_is_restartable(const void *prog);

#endif
