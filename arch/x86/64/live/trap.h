/* amd64: the agent's trap, and what Go counts on. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#include "x86/common/live/int3.h"

/* What Go's own code counts on behind a call: the frame pointer, g. */
#define ARCH_LIVE_KEPT(X) X("rbp") X("r14")
#define ARCH_LIVE_G       "r14"

/* In which registers Go passes the first arguments, since it passes any so. */
#define ARCH_LIVE_ARGUMENTS "rax", "rbx", "rcx", "rdi"

#endif
