/* arm: the register list. Offsets are bytes in struct state; enter.S uses the same macros.
 *
 * R10 is Go's g and R11 its REGTMP; asyncPreempt restores both (R10: ours, not Go's), so they are registers
 * like any other. Left out: the thread pointers TPIDRURO and TPIDRURW, which are the C library's or the
 * kernel's, and CPSR.E and CPSR.T, which no case changes.
 *
 * The signal frame holds all of these: the VFP frame in uc_regspace (magic 0x56465001, 288 bytes) has D0 to
 * D31 and FPSCR, and its CPSR has Q and GE (seen under QEMU 7.2, with its default CPU, cortex-a7 and
 * cortex-a9). */
#ifndef EVERYPC_REGS_H
#define EVERYPC_REGS_H

#define ST_R(n)    (4 * (n)) /* r0 to r12 */
#define ST_SP      52
#define ST_LR      56
#define ST_CPSR    60
#define ST_FPSCR   64
#define ST_D(n)    (72 + 8 * (n)) /* d0 to d31 */
#define STATE_SIZE 336

#define ARCH_SPIN \
    { \
        0xfe, 0xff, 0xff, 0xea \
    } /* b . */
#define ARCH_TRAP \
    { \
        0x70, 0x00, 0x20, 0xe1 \
    } /* bkpt #0, which is a breakpoint whatever lies there by the time that somebody looks. For the \
       * undefined instruction that Linux takes for one, Linux (and QEMU) read the code again: where another \
       * thread has lifted the trap meanwhile, that is SIGILL. */
#define ARCH_PC_QUANTUM  4
#define ARCH_STACK_ALIGN 4 /* Go's frames; the 8 of the AAPCS holds at C's interfaces only */
#define ARCH_HALF_CALL   0
#define ARCH_LINK        lr
#define ARCH_UNIT_BYTES  4 /* S0 to S31 are the halves of D0 to D15 */

#ifndef __ASSEMBLER__
#define R4(n, X) X(r##n, ST_R(n), 4, REG_GPR, ~0)
#define D8(n, X) X(d##n, ST_D(n), 8, REG_FP, ~0)
/* CPSR: N Z C V, Q, GE. FPSCR: N Z C V of comparisons, QC, AHP, DN, FZ, rounding mode, FZ16 and the
 * cumulative flags; no trap enables, no vector length. */
/* clang-format off */
#define ARCH_REGS(X) \
    R4(0, X) R4(1, X) R4(2, X) R4(3, X) R4(4, X) R4(5, X) R4(6, X) R4(7, X) \
    R4(8, X) R4(9, X) R4(10, X) R4(11, X) R4(12, X) \
    X(sp, ST_SP, 4, REG_SP, ~0) \
    X(lr, ST_LR, 4, REG_GPR, ~0) \
    X(cpsr, ST_CPSR, 4, REG_FLAGS, 0xf80f0000) \
    X(fpscr, ST_FPSCR, 4, REG_FPCTL, 0xffc8009f) \
    D8(0, X) D8(1, X) D8(2, X) D8(3, X) D8(4, X) D8(5, X) D8(6, X) D8(7, X) \
    D8(8, X) D8(9, X) D8(10, X) D8(11, X) D8(12, X) D8(13, X) D8(14, X) D8(15, X) \
    D8(16, X) D8(17, X) D8(18, X) D8(19, X) D8(20, X) D8(21, X) D8(22, X) D8(23, X) \
    D8(24, X) D8(25, X) D8(26, X) D8(27, X) D8(28, X) D8(29, X) D8(30, X) D8(31, X)

#define ARCH_SPARED(X) \
    X("sp", 0, ~0, SPARED, "the call comes back with it") \
    X("fpscr", 0, 0x00080000, BY_CPU, "half precision: FZ16")
/* clang-format on */
#endif
#endif
