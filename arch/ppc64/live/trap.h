/* ppc64: the trap that the agent puts in an instruction's place: TRAP (TW 31,0,0). */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define ARCH_TRAP \
    { \
        0x7f, 0xe0, 0x00, 0x08 \
    }
#else
#define ARCH_TRAP \
    { \
        0x08, 0x00, 0xe0, 0x7f \
    }
#endif
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
