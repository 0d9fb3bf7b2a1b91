/* arm: the trap that the agent puts in an instruction's place: BKPT #0, which is a breakpoint whatever lies
 * there by the time that somebody looks. For the undefined instruction that Linux takes for one, Linux (and
 * QEMU) read the code again: where another thread has lifted the trap meanwhile, that is SIGILL. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#define ARCH_TRAP \
    { \
        0x70, 0x00, 0x20, 0xe1 \
    }
#define ARCH_TRAP_BEHIND 0 /* the signal reports the PC of the trap */

#define ARCH_LIVE_WORDS(X)
/* FP registers are not compared: whether a program's stub keeps them depends on its GOARM. */
/* What Go counts on behind a call: g. */
#define ARCH_LIVE_KEPT(X) X("r10")
#define ARCH_LIVE_G       "r10"

#endif
