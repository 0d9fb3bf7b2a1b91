/* x86, 32 and 64 bits: what the register lists of both have in common. */
#ifndef EVERYPC_X86_H
#define EVERYPC_X86_H

#define ARCH_SPIN \
    { \
        0xeb, 0xfe \
    } /* jmp . */
#define ARCH_TRAP \
    { \
        0xcc \
    } /* int3 */
/* QEMU 7.2 enters a handler with the direction flag of the interrupted code, in which compiled code copies
 * backwards; Linux clears it (arch/x86/kernel/signal.c, handle_signal). */
#define ARCH_HANDLER_ENTRY() __asm__ volatile("cld" ::: "cc", "memory")
#define ARCH_CALL_RULES(X) \
    X("the direction flag is clear (DF=0)", ST_FLAGS, ARCH_CLEAR_AT_ENTRY, 0) \
    X("MXCSR's control bits are the interrupted code's", ST_MXCSR, X86_MXCSR_CONTROL, 1) \
    X("the x87 control word is the interrupted code's", ST_FCW, X86_FCW | X86_FCW_MASKED, 1)
#define ARCH_PC_QUANTUM 1
#define ARCH_HALF_CALL  0
#define ARCH_UNIT_BYTES 8

/* Not in the state: the selectors, which no case writes (TLS is read through FS or GS, the thread's); FIP,
 * FDP and FOP, which every x87 instruction overwrites; MPX and PKRU. Of EFLAGS the status flags and DF count;
 * DF is clear at entry. A CPU without AVX, or without AVX-512 (QEMU up to 10 has none), has zeros in what it
 * lacks. y0 is the low half of ZMM0, z0 the other one; k0 is an opmask.
 *
 * The signal frame holds all of it, so handlers may use any register: a handler that overwrote YMM, MXCSR,
 * x87 and DF left no trace, on Linux 6.18 and in QEMU 7.2. But qemu-i386 7.2 loses x87 at every signal,
 * whatever the handler does: see ctx_mend in arch/x86/32/probe/mcontext.h. QEMU before 7.2 has no AVX. */
#define X86_STATUS          0x8d5  /* OF, SF, ZF, AF, PF, CF: what the effects of instructions speak of */
#define X86_FLAGS           0xcd5  /* and DF */
#define ARCH_CLEAR_AT_ENTRY 0x400  /* DF: by the ABI */
#define X86_MXCSR           0xe07f /* FZ, rounding, DAZ, sticky flags */
#define X86_FCW             0x0e00 /* rounding, and single or double precision (01 is reserved) */
#define X86_FSW             0x7f7f /* TOP, C0 to C3, sticky flags; not ES and B, which follow from them */
#define X86_FTW             0xff   /* as FXSAVE has it: a bit a register */
/* What the stub's C code and the cases may never enable: traps. */
#define X86_MXCSR_MASKED  0x1f80
#define X86_MXCSR_CONTROL 0xffc0 /* all but the sticky flags */
#define X86_FCW_MASKED    0x007f

#ifndef __ASSEMBLER__
/* ST(n) as FXSAVE has it: 64 bits of significand, then sign and exponent. */
#define X86_ST(n, X) X(st##n, ST_ST(n), 8, REG_FP, ~0) X(st##n##se, ST_ST(n) + 8, 4, REG_FP, 0xffff)
#define X86_Y(n, X)  X(y##n, ST_Z(n), 32, REG_FP, ~0) X(z##n, ST_Z(n) + 32, 32, REG_UPPER, ~0)
#define X86_K(n, X)  X(k##n, ST_K(n), 8, REG_FP, ~0)
/* clang-format off */
#define X86_FP_REGS(X) \
    X(mxcsr, ST_MXCSR, 4, REG_FPCTL, X86_MXCSR) \
    X(fcw, ST_FCW, 4, REG_FPCTL, X86_FCW) \
    X(fsw, ST_FSW, 4, REG_FPCTL, X86_FSW) \
    X(ftw, ST_FTW, 4, REG_FPCTL, X86_FTW) \
    X86_ST(0, X) X86_ST(1, X) X86_ST(2, X) X86_ST(3, X) X86_ST(4, X) X86_ST(5, X) X86_ST(6, X) X86_ST(7, X) \
    X86_Y(0, X) X86_Y(1, X) X86_Y(2, X) X86_Y(3, X) X86_Y(4, X) X86_Y(5, X) X86_Y(6, X) X86_Y(7, X)
#define X86_MASKS(X) \
    X86_K(0, X) X86_K(1, X) X86_K(2, X) X86_K(3, X) X86_K(4, X) X86_K(5, X) X86_K(6, X) X86_K(7, X)
#define X86_SPARED(X) \
    X("y", 16, ~0, BY_CPU, "AVX") X("z", 0, ~0, BY_CPU, "AVX-512") X("k", 0, ~0, BY_CPU, "AVX-512")
/* clang-format on */
#endif
#endif
