/* mips: what a trap does (probe/regs.h), and what Go counts on. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#define ARCH_TRAP_BEHIND 0 /* the signal reports the PC of the trap */

/* The flags come first, and there are 128 signals. QEMU 7.2 writes one more word, Linux none. */
#define ARCH_KERNEL_SIGACTION \
    { \
        unsigned flags; \
        uintptr_t handler; \
        unsigned long mask[16 / sizeof(long)], reserved; \
    }
#define ARCH_SIGSET_SIZE 16
#define ARCH_NO_RESTORER 1

/* With FR=0 an F register has 32 bits, in words of 64. */
#if _MIPS_SIM == _ABIO32
#define LOW UINT32_MAX
/* clang-format off */
#define ARCH_LIVE_WORDS(X) \
    X("f0", LOW) X("f1", LOW) X("f2", LOW) X("f3", LOW) X("f4", LOW) X("f5", LOW) \
    X("f6", LOW) X("f7", LOW) X("f8", LOW) X("f9", LOW) X("f10", LOW) X("f11", LOW) \
    X("f12", LOW) X("f13", LOW) X("f14", LOW) X("f15", LOW) X("f16", LOW) X("f17", LOW) \
    X("f18", LOW) X("f19", LOW) X("f20", LOW) X("f21", LOW) X("f22", LOW) X("f23", LOW) \
    X("f24", LOW) X("f25", LOW) X("f26", LOW) X("f27", LOW) X("f28", LOW) X("f29", LOW) \
    X("f30", LOW) X("f31", LOW)
/* clang-format on */
#else
#define ARCH_LIVE_WORDS(X)
#endif

/* What Go counts on behind a call: g, and the base of static data in r28. */
#define ARCH_LIVE_KEPT(X) X("r28") X("r30")
#define ARCH_LIVE_G       "r30"

#endif
