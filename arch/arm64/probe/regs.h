/* arm64: the register list. Offsets are bytes in struct state; enter.S uses the same macros.
 *
 * It holds what EL0 can see: X, SP, NZCV, DIT, FPCR, FPSR and, since qemu-user's default CPU has it, the SVE
 * state (Z, P, FFR). How long vectors are is the process's choice: enter.S chooses SLOT bytes, half of QEMU's
 * and Linux's default, which has the same upper parts to lose at half the time. A CPU without SVE, or with
 * shorter vectors, has zeros in what it lacks. v0 is the low half of z0, and z0 names the other half.
 *
 * The signal frame (Linux and QEMU 7.2: fpsimd_context, sve_context) holds all of it, DIT in its pstate, so
 * the C code of the handlers may use any register.
 *
 * Left out: TPIDR2 and ZA (dead while ZA is off, and a case that turns it on is its own unwinder's problem);
 * TCO (no effect unless the process asks for memory tags); BTYPE (spent by the instruction behind a branch,
 * and no page here is guarded). */
#ifndef EVERYPC_REGS_H
#define EVERYPC_REGS_H

#define SLOT 32 /* bytes for each Z: 256 bits */

#define ST_X(n)    (8 * (n)) /* x0 to x30 */
#define ST_SP      248
#define ST_NZCV    256
#define ST_FPCR    264
#define ST_FPSR    272
#define ST_DIT     280
#define ST_TPIDR   288
#define ST_Z(n)    (320 + SLOT * (n))
#define ST_P(n)    (ST_Z(32) + SLOT / 8 * (n))
#define ST_FFR     ST_P(16)
#define STATE_SIZE (ST_P(20)) /* the last three are padding */

#define ARCH_SPIN \
    { \
        0x00, 0x00, 0x00, 0x14 \
    } /* b . */
#define ARCH_TRAP \
    { \
        0x00, 0x00, 0x20, 0xd4 \
    } /* brk #0 */
#define ARCH_PC_QUANTUM  4
#define ARCH_STACK_ALIGN 16
#define ARCH_HALF_CALL   0
#define ARCH_LINK        x30
#define ARCH_UNIT_BYTES  8
#define ARCH_FP          "x29"
#define ARCH_FP_BELOW_SP 8 /* Go saves it in the word below its frame */

#ifndef __ASSEMBLER__
#define X8(n, X) X(x##n, ST_X(n), 8, REG_GPR, ~0)
#define VZ(n, X) X(v##n, ST_Z(n), 16, REG_FP, ~0) X(z##n, ST_Z(n) + 16, SLOT - 16, REG_FP, ~0)
#define P4(n, X) X(p##n, ST_P(n), SLOT / 8, REG_FP, ~0)
/* FPCR: AHP, DN, FZ, the rounding mode and FZ16, no trap enables. FPSR: QC and the cumulative flags. FFR: its
 * first lane, since other bits must not be set without those below them. */
/* clang-format off */
#define ARCH_REGS(X) \
    X8(0, X) X8(1, X) X8(2, X) X8(3, X) X8(4, X) X8(5, X) X8(6, X) X8(7, X) \
    X8(8, X) X8(9, X) X8(10, X) X8(11, X) X8(12, X) X8(13, X) X8(14, X) X8(15, X) \
    X8(16, X) X8(17, X) X8(18, X) X8(19, X) X8(20, X) X8(21, X) X8(22, X) X8(23, X) \
    X8(24, X) X8(25, X) X8(26, X) X(x27, ST_X(27), 8, REG_TMP, ~0) X8(28, X) X8(29, X) X8(30, X) \
    X(sp, ST_SP, 8, REG_SP, ~0) \
    X(nzcv, ST_NZCV, 8, REG_FLAGS, 0xf0000000) \
    X(fpcr, ST_FPCR, 8, REG_FPCTL, 0x07c80000) \
    X(fpsr, ST_FPSR, 8, REG_FPCTL, 0x0800009f) \
    X(dit, ST_DIT, 8, REG_FLAGS, 0x01000000) \
    X(tpidr_el0, ST_TPIDR, 8, REG_THREAD, ~0) \
    VZ(0, X) VZ(1, X) VZ(2, X) VZ(3, X) VZ(4, X) VZ(5, X) VZ(6, X) VZ(7, X) \
    VZ(8, X) VZ(9, X) VZ(10, X) VZ(11, X) VZ(12, X) VZ(13, X) VZ(14, X) VZ(15, X) \
    VZ(16, X) VZ(17, X) VZ(18, X) VZ(19, X) VZ(20, X) VZ(21, X) VZ(22, X) VZ(23, X) \
    VZ(24, X) VZ(25, X) VZ(26, X) VZ(27, X) VZ(28, X) VZ(29, X) VZ(30, X) VZ(31, X) \
    P4(0, X) P4(1, X) P4(2, X) P4(3, X) P4(4, X) P4(5, X) P4(6, X) P4(7, X) \
    P4(8, X) P4(9, X) P4(10, X) P4(11, X) P4(12, X) P4(13, X) P4(14, X) P4(15, X) \
    X(ffr, ST_FFR, SLOT / 8, REG_FPCTL, 0x1)

#define ARCH_SPARED(X) \
    X("x27", 0, ~0, SPARED, "REGTMP, which the stub goes back through") \
    X("sp", 0, ~0, SPARED, "the call comes back with it") \
    X("dit", 0, ~0, BY_CPU, "FEAT_DIT") X("fpcr", 0, 0x00080000, BY_CPU, "FEAT_FP16: FZ16") \
    X("z", 0, ~0, BY_CPU, "SVE") X("p", 0, ~0, BY_CPU, "SVE") X("ffr", 0, ~0, BY_CPU, "SVE")
/* clang-format on */
#endif
#endif
