/* 386: the signal context (Linux, arch/x86/include/uapi/asm/sigcontext.h). There is no link register. */
#ifndef EVERYPC_MCONTEXT_H
#define EVERYPC_MCONTEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <ucontext.h>

enum { CTX_ESP = 7, CTX_EIP = 14 }; /* REG_ESP, REG_EIP of <ucontext.h>, whose names need _GNU_SOURCE */

/* clang-format off */
#define ARCH_CTX_WORDS(X) \
    X("edi", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[4]), 4) \
    X("esi", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[5]), 4) \
    X("ebp", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[6]), 4) \
    X("ebx", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[8]), 4) \
    X("edx", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[9]), 4) \
    X("ecx", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[10]), 4) \
    X("eax", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[11]), 4) \
    X("eflags", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[16]), 4)
/* clang-format on */

static inline uintptr_t ctx_pc(const ucontext_t *uc)
{
    return (uintptr_t)uc->uc_mcontext.gregs[CTX_EIP];
}
static inline void ctx_set_pc(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.gregs[CTX_EIP] = (greg_t)v;
}
static inline uintptr_t ctx_sp(const ucontext_t *uc)
{
    return (uintptr_t)uc->uc_mcontext.gregs[CTX_ESP];
}
static inline void ctx_set_sp(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.gregs[CTX_ESP] = (greg_t)v;
}
static inline uintptr_t ctx_lr(const ucontext_t *uc)
{
    (void)uc;
    return 0;
}

/* QEMU 7.2's qemu-i386 saves x87 twice, by FSAVE and then by XSAVE, and restores what XSAVE had: the empty
 * x87 that FSAVE leaves behind (linux-user/i386/signal.c, setup_sigcontext). So x87 goes from the first image
 * of the frame to the second. On Linux both hold the same. */
#define ARCH_CTX_MEND 1
static inline void ctx_mend(ucontext_t *uc)
{
    enum { FSAVE_ST = 28, FXSAVE = 112, FXSAVE_ST = 32 };
    uint8_t *fsave = (uint8_t *)uc->uc_mcontext.fpregs, *fxsave = fsave + FXSAVE;
    uint16_t tags;
    uint8_t full = 0;
    memcpy(&tags, fsave + 8, 2);
    for (int k = 0; k < 8; k++)
        full |= (uint8_t)((tags >> 2 * k & 3) != 3) << k;
    memcpy(fxsave, fsave, 2);         /* control word */
    memcpy(fxsave + 2, fsave + 4, 2); /* status word */
    fxsave[4] = full;
    for (int k = 0; k < 8; k++)
        memcpy(fxsave + FXSAVE_ST + 16 * k, fsave + FSAVE_ST + 10 * k, 10);
}

#endif
