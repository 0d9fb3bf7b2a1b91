/* riscv64: what a trap does (probe/regs.h), where FP registers are, and what Go counts on. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#define ARCH_TRAP_BEHIND 0 /* the signal reports the PC of the trap */

/* Linux has no restorer here; QEMU 7.2 and Go's own struct have one in front of the mask. Where both words
 * are the same, all of them read the same. */
#define ARCH_KERNEL_SIGACTION \
    { \
        uintptr_t handler; \
        unsigned long flags; \
        unsigned long mask[2]; \
    }
#define ARCH_NO_RESTORER 1

#define ARCH_LIVE_WORDS(X)
#define ARCH_LIVE_FP_WORDS(X) X("f", 0, 32, offsetof(ucontext_t, uc_mcontext.__fpregs), 8, 8)
#define ARCH_LIVE_FP(uc)      ((uint8_t *)(uintptr_t)(uc))

/* What Go counts on behind a call: g, and what the ABI fixes: gp and tp. */
#define ARCH_LIVE_KEPT(X) X("x3") X("x4") X("x27")
#define ARCH_LIVE_G       "x27"

/* In which registers Go passes the first arguments, since it passes any so. */
#define ARCH_LIVE_ARGUMENTS "x10", "x11", "x12", "x13"

#endif
