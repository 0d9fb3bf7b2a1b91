/* s390x: the trap that the agent puts in an instruction's place: an operation code that is none, two bytes,
 * as short as any instruction. Linux turns 0x0001 into SIGTRAP under a debugger only, so the signal is
 * SIGILL. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#define ARCH_TRAP \
    { \
        0x00, 0x00 \
    }
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
