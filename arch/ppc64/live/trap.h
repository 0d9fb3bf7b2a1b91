/* ppc64: what a trap does (probe/regs.h), and what Go counts on. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#define ARCH_TRAP_BEHIND 0 /* the signal reports the PC of the trap */

#define ARCH_NO_RESTORER 1

#define ARCH_LIVE_WORDS(X)
#define ARCH_LIVE_FP_NAME "f" /* the halves of vectors that Go's stub saves */

/* What Go counts on behind a call: g, zero in r0, and what the ABI fixes: TOC and thread. */
#define ARCH_LIVE_KEPT(X) X("r0") X("r2") X("r13") X("r30")
#define ARCH_LIVE_G       "r30"

/* In which registers Go passes the first arguments, since it passes any so. */
#define ARCH_LIVE_ARGUMENTS    "r3", "r4", "r5", "r6"
#define ARCH_LIVE_ARGUMENTS_AT 32

#endif
