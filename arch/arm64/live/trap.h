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

/* What Go counts on behind a call: the platform's register, g, the frame pointer. */
#define ARCH_LIVE_KEPT(X) X("x18") X("x28") X("x29")
#define ARCH_LIVE_G       "x28"

/* In which registers Go passes the first arguments, since it passes any so. */
#define ARCH_LIVE_ARGUMENTS "x0", "x1", "x2", "x3"

#endif
