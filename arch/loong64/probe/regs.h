/* loong64: the register list. Offsets are bytes in struct state; enter.S uses the same macros.
 *
 * R0 is left out: it is constant. A floating-point register is the lowest 64 bits of one of LSX, whose 128
 * are the lowest of one of LASX: f0 to f31 are whole ones, 256 bits. QEMU's default CPU has both, and its
 * signal frame holds them, the condition flags and fcsr, so the handler's C code may use what it likes. */
#ifndef EVERYPC_REGS_H
#define EVERYPC_REGS_H

#define ST_R(n)    (8 * (n)) /* r1 to r31 */
#define ST_SP      ST_R(3)
#define ST_F(n)    (256 + 32 * (n))
#define ST_FCC(n)  (1280 + 8 * (n))
#define ST_FCSR    1344
#define STATE_SIZE 1360

#define ARCH_SPIN \
    { \
        0x00, 0x00, 0x00, 0x50 \
    } /* b . */
#define ARCH_TRAP \
    { \
        0x05, 0x00, 0x2a, 0x00 \
    } /* break 5 */
#define ARCH_PC_QUANTUM  4
#define ARCH_STACK_ALIGN 8 /* Go's: push_call takes 8 bytes */
#define ARCH_HALF_CALL   0
#define ARCH_LINK        r1
#define ARCH_UNIT_BYTES  8

#ifndef __ASSEMBLER__
#define R8(n, X) X(r##n, ST_R(n), 8, REG_GPR, ~0)
#define FV(n, X) X(f##n, ST_F(n), 32, REG_FP, ~0)
#define CC(n, X) X(fcc##n, ST_FCC(n), 8, REG_FLAGS, 1)
/* fcsr: the rounding mode, the sticky flags and those of the last operation. Its enable bits would trap. */
/* clang-format off */
#define ARCH_REGS(X) \
    R8(1, X) X(r2, ST_R(2), 8, REG_THREAD, ~0) X(sp, ST_SP, 8, REG_SP, ~0) \
    R8(4, X) R8(5, X) R8(6, X) R8(7, X) R8(8, X) R8(9, X) R8(10, X) R8(11, X) R8(12, X) R8(13, X) \
    R8(14, X) R8(15, X) R8(16, X) R8(17, X) R8(18, X) R8(19, X) R8(20, X) R8(21, X) R8(22, X) \
    R8(23, X) R8(24, X) R8(25, X) R8(26, X) R8(27, X) R8(28, X) R8(29, X) \
    X(r30, ST_R(30), 8, REG_TMP, ~0) R8(31, X) \
    FV(0, X) FV(1, X) FV(2, X) FV(3, X) FV(4, X) FV(5, X) FV(6, X) FV(7, X) \
    FV(8, X) FV(9, X) FV(10, X) FV(11, X) FV(12, X) FV(13, X) FV(14, X) FV(15, X) \
    FV(16, X) FV(17, X) FV(18, X) FV(19, X) FV(20, X) FV(21, X) FV(22, X) FV(23, X) \
    FV(24, X) FV(25, X) FV(26, X) FV(27, X) FV(28, X) FV(29, X) FV(30, X) FV(31, X) \
    CC(0, X) CC(1, X) CC(2, X) CC(3, X) CC(4, X) CC(5, X) CC(6, X) CC(7, X) \
    X(fcsr, ST_FCSR, 8, REG_FPCTL, 0x1f1f0300)
/* clang-format on */

#define ARCH_SPARED(X) \
    X("r30", 0, ~0, SPARED, "REGTMP, which the stub goes back through") \
    X("sp", 0, ~0, SPARED, "the call comes back with it")
#endif
#endif
