/* riscv64: the register list. Offsets are bytes in struct state; enter.S uses the same macros.
 *
 * x0 is left out: it is constant. The CPU that qemu-riscv64 emulates by default is RV64GC: no vector
 * registers. Its signal frame holds all of this, fcsr included, so the handler's C code may use what it
 * likes. */
#ifndef EVERYPC_REGS_H
#define EVERYPC_REGS_H

#define ST_X(n)    (8 * (n)) /* x1 to x31 */
#define ST_SP      ST_X(2)
#define ST_F(n)    (256 + 8 * (n))
#define ST_FCSR    512
#define STATE_SIZE 528

#define ARCH_SPIN \
    { \
        0x6f, 0x00, 0x00, 0x00 \
    } /* j . */
#define ARCH_TRAP \
    { \
        0x02, 0x90 \
    } /* c.ebreak; of a longer instruction it replaces the first half */
#define ARCH_CALL_RULES(X) X("gp is the interrupted code's", ST_X(3), ~0, 1)
#define ARCH_PC_QUANTUM    4
#define ARCH_STACK_ALIGN   8 /* Go's: push_call takes 8 bytes */
#define ARCH_HALF_CALL     0
#define ARCH_LINK          x1
#define ARCH_UNIT_BYTES    8

#ifndef __ASSEMBLER__
#include <ucontext.h>
#undef REG_SP /* the C library's header has a macro of this name on this architecture */
#define X8(n, X) X(x##n, ST_X(n), 8, REG_GPR, ~0)
#define F8(n, X) X(f##n, ST_F(n), 8, REG_FP, ~0)
/* fcsr: the five sticky flags and the low two bits of the rounding mode. Its third bit would make modes that
 * are illegal (5 and 6) or dynamic (7), which trap in an instruction that takes its mode from fcsr. */
/* clang-format off */
#define ARCH_REGS(X) \
    X8(1, X) X(sp, ST_SP, 8, REG_SP, ~0) X8(3, X) X(x4, ST_X(4), 8, REG_THREAD, ~0) \
    X8(5, X) X8(6, X) X8(7, X) X8(8, X) X8(9, X) X8(10, X) X8(11, X) X8(12, X) X8(13, X) \
    X8(14, X) X8(15, X) X8(16, X) X8(17, X) X8(18, X) X8(19, X) X8(20, X) X8(21, X) X8(22, X) \
    X8(23, X) X8(24, X) X8(25, X) X8(26, X) X8(27, X) X8(28, X) X8(29, X) X8(30, X) \
    X(x31, ST_X(31), 8, REG_TMP, ~0) \
    F8(0, X) F8(1, X) F8(2, X) F8(3, X) F8(4, X) F8(5, X) F8(6, X) F8(7, X) \
    F8(8, X) F8(9, X) F8(10, X) F8(11, X) F8(12, X) F8(13, X) F8(14, X) F8(15, X) \
    F8(16, X) F8(17, X) F8(18, X) F8(19, X) F8(20, X) F8(21, X) F8(22, X) F8(23, X) \
    F8(24, X) F8(25, X) F8(26, X) F8(27, X) F8(28, X) F8(29, X) F8(30, X) F8(31, X) \
    X(fcsr, ST_FCSR, 8, REG_FPCTL, 0x7f)
/* clang-format on */

#define ARCH_SPARED(X) \
    X("x31", 0, ~0, SPARED, "REGTMP, which the stub goes back through") \
    X("sp", 0, ~0, SPARED, "the call comes back with it")
#endif
#endif
