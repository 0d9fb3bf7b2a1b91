/* mips: the trap that the agent puts in an instruction's place: BREAK. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#ifdef __MIPSEB__
#define ARCH_TRAP \
    { \
        0x00, 0x00, 0x00, 0x0d \
    }
#else
#define ARCH_TRAP \
    { \
        0x0d, 0x00, 0x00, 0x00 \
    }
#endif
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

#define ARCH_LIVE_WORDS(X)

/* What Go counts on behind a call: g, and the base of static data in r28. */
#define ARCH_LIVE_KEPT(X) X("r28") X("r30")
#define ARCH_LIVE_G       "r30"

#endif
