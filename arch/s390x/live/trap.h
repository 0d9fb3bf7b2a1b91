/* s390x: what a trap does (probe/regs.h), and what Go counts on. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#define ARCH_TRAP_BEHIND 2 /* the signal reports the PC behind it */
#define ARCH_TRAP_SIGNAL SIGILL

#define ARCH_MMAP_BY_BLOCK 1

#define ARCH_LIVE_WORDS(X)
#define ARCH_LIVE_FP_NAME "f" /* the halves of vectors that Go's stub saves */

/* What Go counts on behind a call: g. */
#define ARCH_LIVE_KEPT(X) X("r13")
#define ARCH_LIVE_G       "r13"

/* In which registers Go passes the first arguments, since it passes any so. */
#define ARCH_LIVE_ARGUMENTS "r2", "r3", "r4", "r5"

#endif
