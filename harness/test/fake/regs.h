/* An architecture that is none, so that the decision can be tested on the host: it has delay slots. */
#ifndef EVERYPC_REGS_H
#define EVERYPC_REGS_H
#define STATE_SIZE      16
#define ARCH_PC_QUANTUM 4
#define ARCH_HALF_CALL  8
#define ARCH_SPIN \
    { \
        0x10, 0x00, 0xff, 0xff \
    }
#endif
