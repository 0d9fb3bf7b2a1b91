/* amd64: the register list. Offsets are bytes in struct state; enter.S uses the same macros. */
#ifndef EVERYPC_REGS_H
#define EVERYPC_REGS_H

#include "x86/common/probe/x86.h"

#define ST_RAX     0
#define ST_RBX     8
#define ST_RCX     16
#define ST_RDX     24
#define ST_RSI     32
#define ST_RDI     40
#define ST_RBP     48
#define ST_RSP     56
#define ST_R(n)    (8 * (n)) /* r8 to r15 */
#define ST_FLAGS   128
#define ST_MXCSR   136
#define ST_FCW     140
#define ST_FSW     144
#define ST_FTW     148
#define ST_FS      152 /* the thread's FS base; on Windows what stands for it (tls.h) */
#define ST_ST(n)   (160 + 16 * (n))
#define ST_Z(n)    (288 + 64 * (n)) /* zmm0 to zmm31 */
#define ST_K(n)    (ST_Z(32) + 8 * (n))
#define STATE_SIZE ST_K(8)

/* push_call aligns nothing: SP is a multiple of a word wherever Go code runs. */
#define ARCH_STACK_ALIGN 8
#define ARCH_FP          "rbp"
#define ARCH_FP_BELOW_SP 0
/* enter.S is the same on every system. */
#define ARCH_ABI __attribute__((sysv_abi))

#ifndef __ASSEMBLER__
#define G8(name, offset, X) X(name, offset, 8, REG_GPR, ~0)
/* clang-format off */
#define ARCH_REGS(X) \
    G8(rax, ST_RAX, X) G8(rbx, ST_RBX, X) G8(rcx, ST_RCX, X) G8(rdx, ST_RDX, X) \
    G8(rsi, ST_RSI, X) G8(rdi, ST_RDI, X) G8(rbp, ST_RBP, X) X(rsp, ST_RSP, 8, REG_SP, ~0) \
    G8(r8, ST_R(8), X) G8(r9, ST_R(9), X) G8(r10, ST_R(10), X) G8(r11, ST_R(11), X) \
    G8(r12, ST_R(12), X) G8(r13, ST_R(13), X) G8(r14, ST_R(14), X) G8(r15, ST_R(15), X) \
    X(eflags, ST_FLAGS, 8, REG_FLAGS, X86_FLAGS) \
    X(fs_base, ST_FS, 8, REG_THREAD, ~0) \
    X86_FP_REGS(X) \
    X86_Y(8, X) X86_Y(9, X) X86_Y(10, X) X86_Y(11, X) X86_Y(12, X) X86_Y(13, X) X86_Y(14, X) X86_Y(15, X) \
    X86_Y(16, X) X86_Y(17, X) X86_Y(18, X) X86_Y(19, X) X86_Y(20, X) X86_Y(21, X) X86_Y(22, X) X86_Y(23, X) \
    X86_Y(24, X) X86_Y(25, X) X86_Y(26, X) X86_Y(27, X) X86_Y(28, X) X86_Y(29, X) X86_Y(30, X) X86_Y(31, X) \
    X86_MASKS(X)

#define ONLY_512(name, X) X(name, 0, ~0, BY_CPU, "AVX-512")
#define ARCH_SPARED(X) \
    X("rsp", 0, ~0, SPARED, "the call comes back with it") X86_SPARED(X) \
    ONLY_512("y16", X) ONLY_512("y17", X) ONLY_512("y18", X) ONLY_512("y19", X) ONLY_512("y20", X) \
    ONLY_512("y21", X) ONLY_512("y22", X) ONLY_512("y23", X) ONLY_512("y24", X) ONLY_512("y25", X) \
    ONLY_512("y26", X) ONLY_512("y27", X) ONLY_512("y28", X) ONLY_512("y29", X) ONLY_512("y30", X) \
    ONLY_512("y31", X)
/* clang-format on */
#endif
#endif
