/* amd64: the agent's trap, and what Go counts on. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#include "x86/common/live/int3.h"

/* What Go's own code counts on behind a call: the frame pointer, g. */
#define ARCH_LIVE_KEPT(X) X("rbp") X("r14")
#define ARCH_LIVE_G       "r14"

#endif
