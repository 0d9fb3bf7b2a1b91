/* loong64: the trap that the agent puts in an instruction's place: BREAK 5, which is a debugger's. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#define ARCH_TRAP \
    { \
        0x05, 0x00, 0x2a, 0x00 \
    }
#define ARCH_TRAP_BEHIND 0 /* the signal reports the PC of the trap */

/* Linux has no restorer here; Go's own struct has one behind the mask. Where both words are the same, all of
 * them read the same. */
#define ARCH_KERNEL_SIGACTION \
    { \
        uintptr_t handler; \
        unsigned long flags; \
        unsigned long mask[2]; \
    }
#define ARCH_NO_RESTORER 1

/* Floating-point registers are not compared: the kernel puts them behind the ucontext_t, in a record that
 * depends on the CPU and what the thread used, so a copy of the ucontext_t does not have them. */
#define ARCH_LIVE_WORDS(X)

/* What Go counts on behind a call: the thread's register, g. */
#define ARCH_LIVE_KEPT(X) X("r2") X("r22")
#define ARCH_LIVE_G       "r22"

/* In which registers Go passes the first arguments, since it passes any so. */
#define ARCH_LIVE_ARGUMENTS "r4", "r5", "r6", "r7"

#endif
