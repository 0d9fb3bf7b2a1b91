/* ppc64: the register list. Offsets are bytes in struct state; enter.S uses the same macros.
 *
 * What qemu-user 7.2's signal frame keeps (tried with a handler that overwrites each): the general registers,
 * CR, XER, LR, CTR, VRSAVE, the low 32 bits of FPSCR and all 64 VSX registers in full width. It keeps neither
 * VSCR nor TAR; no C code writes those (libc's memcpy uses vector registers, but nothing saturates and
 * nothing branches through TAR), so they survive a handler. It loses FPSCR's upper half, the decimal rounding
 * mode, at every signal (Linux keeps it), so that is not in the mask, and the upper half of its 64-bit
 * VRSAVE, which has 32 bits.
 *
 * Left out: DSCR and AMR (SIGILL under qemu-user), the event-based branch registers (SPR 804 to 806:
 * qemu-user 7.2 aborts), the transactional memory registers (gone from POWER10) and the performance monitor,
 * which counts whatever the case does. */
#ifndef EVERYPC_REGS_H
#define EVERYPC_REGS_H

#define ST_R(n)   (8 * (n)) /* r0 to r31 */
#define ST_LR     256
#define ST_CTR    264
#define ST_CR     272
#define ST_XER    280
#define ST_FPSCR  288
#define ST_VRSAVE 296
#define ST_TAR    304
#define ST_VSCR   320 /* a vector; VSCR is in its second doubleword */
#define ST_VS(n) \
    (336 + 16 * (n)) /* doubleword 0, the FPR of vs0 to vs31, comes first in either byte order \
                      */
#define STATE_SIZE 1360

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define ARCH_SPIN \
    { \
        0x48, 0x00, 0x00, 0x00 \
    } /* b . */
#define ARCH_TRAP \
    { \
        0x7f, 0xe0, 0x00, 0x08 \
    } /* trap */
#else
#define ARCH_SPIN \
    { \
        0x00, 0x00, 0x00, 0x48 \
    }
#define ARCH_TRAP \
    { \
        0x08, 0x00, 0xe0, 0x7f \
    }
#endif
#define ARCH_CALL_RULES(X) X("R2 is the interrupted code's", ST_R(2), ~0, 1)
/* GCC's __builtin___clear_cache is nothing here. Lines of 64-bit server processors have 128 bytes; the Power
 * ISA, book II, 1.8, has the sequence. */
#define ARCH_CODE_WRITTEN(from, to) \
    do { \
        for (uintptr_t at = (from) & ~(uintptr_t)127; at < (to); at += 128) \
            __asm__ volatile("dcbst 0,%0" ::"r"(at) : "memory"); \
        __asm__ volatile("sync" ::: "memory"); \
        for (uintptr_t at = (from) & ~(uintptr_t)127; at < (to); at += 128) \
            __asm__ volatile("icbi 0,%0" ::"r"(at) : "memory"); \
        __asm__ volatile("sync\n\tisync" ::: "memory"); \
    } while (0)
#define ARCH_PC_QUANTUM 4
/* Go's frames (Go 1.19: stdu r31,-56(r1)); the ABI's 16 holds at C's interfaces only. */
#define ARCH_STACK_ALIGN 8
#define ARCH_HALF_CALL   0
#define ARCH_LINK        lr
#define ARCH_UNIT_BYTES  8

#ifndef __ASSEMBLER__
#define R8(n, X)  X(r##n, ST_R(n), 8, REG_GPR, ~0)
#define V16(n, X) X(vs##n, ST_VS(n), 16, REG_FP, ~0)
/* R31 is REGTMP, but the stub restores it; what an injected call loses is CTR. Go's code takes R0 for zero,
 * and R13 is the thread pointer. XER: SO OV CA OV32 CA32 and the string length. FPSCR: sticky flags, FR FI
 * FPRF, NI and the rounding mode, no enables. VSCR: NJ and SAT. */
/* clang-format off */
#define ARCH_REGS(X) \
    X(r0, ST_R(0), 8, REG_ZERO, ~0) X(r1, ST_R(1), 8, REG_SP, ~0) R8(2, X) R8(3, X) \
    R8(4, X) R8(5, X) R8(6, X) R8(7, X) R8(8, X) R8(9, X) R8(10, X) R8(11, X) \
    R8(12, X) X(r13, ST_R(13), 8, REG_THREAD, ~0) R8(14, X) R8(15, X) \
    R8(16, X) R8(17, X) R8(18, X) R8(19, X) R8(20, X) R8(21, X) R8(22, X) R8(23, X) \
    R8(24, X) R8(25, X) R8(26, X) R8(27, X) R8(28, X) R8(29, X) R8(30, X) R8(31, X) \
    X(lr, ST_LR, 8, REG_GPR, ~0) \
    X(ctr, ST_CTR, 8, REG_TMP, ~0) \
    X(cr, ST_CR, 8, REG_FLAGS, 0xffffffff) \
    X(xer, ST_XER, 8, REG_FLAGS, 0xe00c007f) \
    X(fpscr, ST_FPSCR, 8, REG_FPCTL, 0xfffff707) \
    X(vrsave, ST_VRSAVE, 4, REG_GPR, ~0) \
    X(tar, ST_TAR, 8, REG_GPR, ~0) \
    X(vscr, ST_VSCR + 8, 8, REG_FPCTL, 0x10001) \
    V16(0, X) V16(1, X) V16(2, X) V16(3, X) V16(4, X) V16(5, X) V16(6, X) V16(7, X) \
    V16(8, X) V16(9, X) V16(10, X) V16(11, X) V16(12, X) V16(13, X) V16(14, X) V16(15, X) \
    V16(16, X) V16(17, X) V16(18, X) V16(19, X) V16(20, X) V16(21, X) V16(22, X) V16(23, X) \
    V16(24, X) V16(25, X) V16(26, X) V16(27, X) V16(28, X) V16(29, X) V16(30, X) V16(31, X) \
    V16(32, X) V16(33, X) V16(34, X) V16(35, X) V16(36, X) V16(37, X) V16(38, X) V16(39, X) \
    V16(40, X) V16(41, X) V16(42, X) V16(43, X) V16(44, X) V16(45, X) V16(46, X) V16(47, X) \
    V16(48, X) V16(49, X) V16(50, X) V16(51, X) V16(52, X) V16(53, X) V16(54, X) V16(55, X) \
    V16(56, X) V16(57, X) V16(58, X) V16(59, X) V16(60, X) V16(61, X) V16(62, X) V16(63, X)

#define ARCH_SPARED(X) \
    X("ctr", 0, ~0, SPARED, "which the stub goes back through") \
    X("r1", 0, ~0, SPARED, "the call comes back with it") \
    X("fpscr", 0, 0x60000000, SPARED, "FEX and VX: what the others add up to")
/* clang-format on */
#endif
#endif
