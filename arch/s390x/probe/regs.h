/* s390x: the register list. Offsets are bytes in struct state; enter.S uses the same macros. f0 to f15 are
 * the left halves of v0 to v15. The vector facility is taken for granted (z13; QEMU's default CPU has it).
 *
 * Left out: the program mask, whose four bits only let exceptions trap. FPC's reserved bits and rounding
 * modes above 3 raise a specification exception and are masked out too (Principles of Operation, SFPC).
 *
 * The signal frame of QEMU 7.2 holds all of this: struct _sigregs (PSW with cc and PC, r, a, FPC, f) and
 * _sigregs_ext (right halves of v0 to v15, v16 to v31), seen with a handler that overwrites each.
 * glibc 2.36's static code has no vector instruction, so that older frames without _sigregs_ext would do as
 * well. */
#ifndef EVERYPC_REGS_H
#define EVERYPC_REGS_H

#define ST_R(n)    (8 * (n)) /* r0 to r15; r15 is SP */
#define ST_CC      128       /* as IPM gives it */
#define ST_FPC     132
#define ST_A(n)    (136 + 4 * (n)) /* a0 to a15 */
#define ST_V(n)    (208 + 16 * (n))
#define STATE_SIZE 720

#define ARCH_SPIN \
    { \
        0xa7, 0xf4, 0x00, 0x00 \
    } /* j . */
#define ARCH_TRAP \
    { \
        0x00, 0x00 \
    } /* no operation code: SIGILL; Linux turns 0x0001 into SIGTRAP under a debugger only */
/* A processor needs nothing. QEMU before 8.2, as a whole system, discards only what it translated of the
 * first byte of an MVC (arch/s390x/repro/stale_code.c), and memcpy() is MVCs: it is stored once more, in
 * words. */
#define ARCH_CODE_WRITTEN(from, to) \
    do { \
        for (uintptr_t at = (from) & ~(uintptr_t)7; at < (to); at += 8) \
            *(volatile uint64_t *)at = *(volatile uint64_t *)at; \
    } while (0)
#define ARCH_PC_QUANTUM  2
#define ARCH_STACK_ALIGN 8
#define ARCH_HALF_CALL   0
#define ARCH_LINK        r14
#define ARCH_UNIT_BYTES  8

#ifndef __ASSEMBLER__
#define R8(n, X)  X(r##n, ST_R(n), 8, REG_GPR, ~0)
#define A4(n, X)  X(a##n, ST_A(n), 4, REG_GPR, 0xffffffff)
#define V16(n, X) X(v##n, ST_V(n), 16, REG_FP, ~0)
/* a0 and a1 are the thread pointer. FPC: the IEEE flags, the data-exception code, the DFP and BFP rounding
 * modes. */
/* clang-format off */
#define ARCH_REGS(X) \
    R8(0, X) R8(1, X) R8(2, X) R8(3, X) R8(4, X) R8(5, X) R8(6, X) R8(7, X) R8(8, X) R8(9, X) \
    X(r10, ST_R(10), 8, REG_TMP, ~0) R8(11, X) R8(12, X) R8(13, X) R8(14, X) \
    X(r15, ST_R(15), 8, REG_SP, ~0) \
    X(cc, ST_CC, 4, REG_FLAGS, 0x30000000) \
    X(fpc, ST_FPC, 4, REG_FPCTL, 0x00fcff73) \
    X(a0, ST_A(0), 4, REG_THREAD, ~0) X(a1, ST_A(1), 4, REG_THREAD, ~0) \
    A4(2, X) A4(3, X) A4(4, X) A4(5, X) A4(6, X) A4(7, X) A4(8, X) A4(9, X) \
    A4(10, X) A4(11, X) A4(12, X) A4(13, X) A4(14, X) A4(15, X) \
    V16(0, X) V16(1, X) V16(2, X) V16(3, X) V16(4, X) V16(5, X) V16(6, X) V16(7, X) \
    V16(8, X) V16(9, X) V16(10, X) V16(11, X) V16(12, X) V16(13, X) V16(14, X) V16(15, X) \
    V16(16, X) V16(17, X) V16(18, X) V16(19, X) V16(20, X) V16(21, X) V16(22, X) V16(23, X) \
    V16(24, X) V16(25, X) V16(26, X) V16(27, X) V16(28, X) V16(29, X) V16(30, X) V16(31, X)
/* clang-format on */

#define ARCH_SPARED(X) \
    X("r10", 0, ~0, SPARED, "REGTMP, which the stub goes back through") \
    X("r15", 0, ~0, SPARED, "the call comes back with it")
#endif
#endif
