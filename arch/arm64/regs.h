/* arm64: the register list. Offsets are bytes in struct state; enter.S uses the same macros. */
#ifndef EVERYPC_REGS_H
#define EVERYPC_REGS_H

#define ST_X(n)  (8 * (n)) /* x0 to x30 */
#define ST_SP    248
#define ST_NZCV  256
#define ST_FPCR  264
#define ST_FPSR  272
#define ST_V(n)  (288 + 16 * (n))
#define STATE_SIZE 800

#define ARCH_SPIN {0x00, 0x00, 0x00, 0x14} /* b . */
#define ARCH_PC_QUANTUM 4
#define ARCH_STACK_ALIGN 16
#define ARCH_HALF_CALL 0
#define ARCH_REG_LINK 1

#ifndef __ASSEMBLER__
#define X8(n, X) X(x##n, ST_X(n), 8, REG_GPR, ~0)
#define V16(n, X) X(v##n, ST_V(n), 16, REG_FP, ~0)
/* FPCR: AHP, DN, FZ and the rounding mode, no trap enables. FPSR: QC and the cumulative flags. */
#define ARCH_REGS(X) \
    X8(0, X) X8(1, X) X8(2, X) X8(3, X) X8(4, X) X8(5, X) X8(6, X) X8(7, X) \
    X8(8, X) X8(9, X) X8(10, X) X8(11, X) X8(12, X) X8(13, X) X8(14, X) X8(15, X) \
    X8(16, X) X8(17, X) X8(18, X) X8(19, X) X8(20, X) X8(21, X) X8(22, X) X8(23, X) \
    X8(24, X) X8(25, X) X8(26, X) X(x27, ST_X(27), 8, REG_TMP, ~0) X8(28, X) X8(29, X) X8(30, X) \
    X(sp, ST_SP, 8, REG_SP, ~0) \
    X(nzcv, ST_NZCV, 8, REG_FLAGS, 0xf0000000) \
    X(fpcr, ST_FPCR, 8, REG_FPCTL, 0x07c00000) \
    X(fpsr, ST_FPSR, 8, REG_FPCTL, 0x0800009f) \
    V16(0, X) V16(1, X) V16(2, X) V16(3, X) V16(4, X) V16(5, X) V16(6, X) V16(7, X) \
    V16(8, X) V16(9, X) V16(10, X) V16(11, X) V16(12, X) V16(13, X) V16(14, X) V16(15, X) \
    V16(16, X) V16(17, X) V16(18, X) V16(19, X) V16(20, X) V16(21, X) V16(22, X) V16(23, X) \
    V16(24, X) V16(25, X) V16(26, X) V16(27, X) V16(28, X) V16(29, X) V16(30, X) V16(31, X)
#endif
#endif
