/* mips: the register list. Offsets are bytes in struct state; enter.S uses the same macros. Left out: r0,
 * which is constant, and r26 and r27, which the kernel may overwrite at any time.
 *
 * Signal frames: QEMU 7.2 saves general registers, HI, LO and F0-31, but not FCR31, nor does its sigreturn
 * end a load-linked (both seen with a handler that overwrites all of them). So the C code of the handler must
 * not compute in floating point: GCC does not unless it is asked to.
 *
 * The CPU that QEMU 7.2 takes for qemu-mips64, 5KEf, ignores all writes of FCR31 (its CP1_fcr31_rw_bitmask is
 * 0): what is set here has no effect there and no loss shows. MIPS64R2-generic (<target>.cpu) takes them, as
 * 24Kf does for qemu-mips.
 */
#ifndef EVERYPC_REGS_H
#define EVERYPC_REGS_H

#ifdef __mips64
#define ST_WORD 8
#else
#define ST_WORD 4 /* and FR=0: a double is a pair of F registers */
#endif
#define ST_R(n)    (ST_WORD * (n)) /* r1 to r31 */
#define ST_HI      (ST_WORD * 32)
#define ST_LO      (ST_WORD * 33)
#define ST_FCR31   (ST_WORD * 34)
#define ST_F(n)    (ST_WORD * (36 + (n)))
#define STATE_SIZE (ST_WORD * 68)

#ifdef __MIPSEB__
#define ARCH_SPIN \
    { \
        0x10, 0x00, 0xff, 0xff, 0, 0, 0, 0 \
    } /* b . ; nop */
#define ARCH_TRAP \
    { \
        0x00, 0x00, 0x00, 0x0d \
    } /* break */
#else
#define ARCH_SPIN \
    { \
        0xff, 0xff, 0x00, 0x10, 0, 0, 0, 0 \
    }
#define ARCH_TRAP \
    { \
        0x0d, 0x00, 0x00, 0x00 \
    }
#endif
#define ARCH_PC_QUANTUM  4
#define ARCH_STACK_ALIGN ST_WORD /* push_call's step */
#define ARCH_HALF_CALL   8
#define ARCH_LINK        r31
#define ARCH_UNIT_BYTES  8

#ifndef __ASSEMBLER__
#define GENERAL(n, X) X(r##n, ST_R(n), ST_WORD, REG_GPR, ~0)
#define FLOAT(n, X)   X(f##n, ST_F(n), ST_WORD, REG_FP, ~0)
/* FCR31: condition codes, FS, causes (which trap only beside their enable bits), sticky flags, rounding mode.
 */
/* clang-format off */
#define ARCH_REGS(X) \
    GENERAL(1, X) GENERAL(2, X) GENERAL(3, X) GENERAL(4, X) GENERAL(5, X) GENERAL(6, X) GENERAL(7, X) \
    GENERAL(8, X) \
    GENERAL(9, X) GENERAL(10, X) GENERAL(11, X) GENERAL(12, X) GENERAL(13, X) GENERAL(14, X) GENERAL(15, X) \
    GENERAL(16, X) GENERAL(17, X) GENERAL(18, X) GENERAL(19, X) GENERAL(20, X) GENERAL(21, X) GENERAL(22, X) \
    X(r23, ST_R(23), ST_WORD, REG_TMP, ~0) GENERAL(24, X) GENERAL(25, X) GENERAL(28, X) \
    X(r29, ST_R(29), ST_WORD, REG_SP, ~0) GENERAL(30, X) GENERAL(31, X) \
    X(hi, ST_HI, ST_WORD, REG_GPR, ~0) X(lo, ST_LO, ST_WORD, REG_GPR, ~0) \
    X(fcr31, ST_FCR31, 4, REG_FPCTL, 0xff81f07f) \
    FLOAT(0, X) FLOAT(1, X) FLOAT(2, X) FLOAT(3, X) FLOAT(4, X) FLOAT(5, X) FLOAT(6, X) FLOAT(7, X) \
    FLOAT(8, X) FLOAT(9, X) FLOAT(10, X) FLOAT(11, X) FLOAT(12, X) FLOAT(13, X) FLOAT(14, X) FLOAT(15, X) \
    FLOAT(16, X) FLOAT(17, X) FLOAT(18, X) FLOAT(19, X) FLOAT(20, X) FLOAT(21, X) FLOAT(22, X) FLOAT(23, X) \
    FLOAT(24, X) FLOAT(25, X) FLOAT(26, X) FLOAT(27, X) FLOAT(28, X) FLOAT(29, X) FLOAT(30, X) FLOAT(31, X)
/* clang-format on */

#define ARCH_SPARED(X) \
    X("r23", 0, ~0, SPARED, "REGTMP, which the stub goes back through") \
    X("r29", 0, ~0, SPARED, "the call comes back with it")
#endif
#endif
