/* 386: the register list. Offsets are bytes in struct state; enter.S uses the same macros. */
#ifndef EVERYPC_REGS_H
#define EVERYPC_REGS_H

#include "x86/common/probe/x86.h"

#define ST_EAX     0
#define ST_EBX     4
#define ST_ECX     8
#define ST_EDX     12
#define ST_ESI     16
#define ST_EDI     20
#define ST_EBP     24
#define ST_ESP     28
#define ST_FLAGS   32
#define ST_MXCSR   36
#define ST_FCW     40
#define ST_FSW     44
#define ST_FTW     48
#define ST_GS      52 /* the thread's GS base; on Windows what stands for it (tls.h) */
#define ST_ST(n)   (64 + 16 * (n))
#define ST_Z(n)    (192 + 64 * (n)) /* zmm0 to zmm7 */
#define ST_K(n)    (ST_Z(8) + 8 * (n))
#define STATE_SIZE ST_K(8)

/* push_call aligns nothing: SP is a multiple of a word wherever Go code runs. */
#define ARCH_STACK_ALIGN 4

#ifndef __ASSEMBLER__
#define G4(name, offset, X) X(name, offset, 4, REG_GPR, ~0)
/* clang-format off */
#define ARCH_REGS(X) \
    G4(eax, ST_EAX, X) G4(ebx, ST_EBX, X) G4(ecx, ST_ECX, X) G4(edx, ST_EDX, X) \
    G4(esi, ST_ESI, X) G4(edi, ST_EDI, X) G4(ebp, ST_EBP, X) X(esp, ST_ESP, 4, REG_SP, ~0) \
    X(eflags, ST_FLAGS, 4, REG_FLAGS, X86_FLAGS) \
    X(gs_base, ST_GS, 4, REG_THREAD, ~0) \
    X86_FP_REGS(X) X86_MASKS(X)

#define ARCH_SPARED(X) \
    X("esp", 0, ~0, SPARED, "the call comes back with it") X86_SPARED(X)
/* clang-format on */
#endif
#endif
