/* arm64: registers as the optab and the marks name them. */
#ifndef EVERYPC_ARM64_OPTAB_H
#define EVERYPC_ARM64_OPTAB_H

#include "../../harness/asm/prog.h"

enum { RC_R = 1, RC_F, RC_V };
#define ARM64_REGTMP REG(RC_R, 27)
#define ARM64_RSP    REG(RC_R, 31)
#define ARM64_ZR     REG(RC_R, 32)

bool arm64_is_unsafe_point(const void *prog);
bool arm64_is_restartable(const void *prog);

#endif
