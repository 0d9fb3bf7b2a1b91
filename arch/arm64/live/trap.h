/* arm64: the trap that the agent puts in an instruction's place: BRK #0. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#define ARCH_TRAP \
    { \
        0x00, 0x00, 0x20, 0xd4 \
    }
#define ARCH_TRAP_BEHIND 0 /* the signal reports the PC of the trap */

/* PSTATE: the flags. BTYPE comes and goes with branches. */
#define ARCH_LIVE_WORDS(X) X("pstate", 0xf0000000)

#endif
