/* arm: the trap that the agent puts in an instruction's place: the undefined instruction that Linux takes for
 * a breakpoint (arch/arm/kernel/ptrace.c). */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#define ARCH_TRAP \
    { \
        0xf0, 0x01, 0xf0, 0xe7 \
    }
#define ARCH_TRAP_BEHIND 0 /* the signal reports the PC of the trap */

#define ARCH_LIVE_WORDS(X)

/* What Go counts on behind a call: g. */
#define ARCH_LIVE_KEPT(X) X("r10")
#define ARCH_LIVE_G       "r10"

#endif
