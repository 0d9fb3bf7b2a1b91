/* arm: what a trap does (probe/regs.h), and what Go counts on. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#define ARCH_TRAP_BEHIND 0 /* the signal reports the PC of the trap */

#define ARCH_LIVE_WORDS(X)
/* FP registers are not compared: whether a program's stub keeps them depends on its GOARM. */
/* What Go counts on behind a call: g. */
#define ARCH_LIVE_KEPT(X) X("r10")
#define ARCH_LIVE_G       "r10"

#endif
