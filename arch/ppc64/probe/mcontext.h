/* ppc64: the signal context (Linux, arch/powerpc/include/uapi/asm/ptrace.h: struct pt_regs as an array). */
#ifndef EVERYPC_MCONTEXT_H
#define EVERYPC_MCONTEXT_H

#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

enum { CTX_R1 = 1, CTX_R2 = 2, CTX_R12 = 12, CTX_NIP = 32, CTX_LINK = 36 };

/* clang-format off */
#define ARCH_CTX_WORDS(X) \
    X("r", 0, 32, offsetof(ucontext_t, uc_mcontext.gp_regs), 8) \
    X("ctr", 0, 0, offsetof(ucontext_t, uc_mcontext.gp_regs[35]), 8) \
    X("xer", 0, 0, offsetof(ucontext_t, uc_mcontext.gp_regs[37]), 8) \
    X("cr", 0, 0, offsetof(ucontext_t, uc_mcontext.gp_regs[38]), 8) \
    X("f", 0, 32, offsetof(ucontext_t, uc_mcontext.fp_regs), 8)
/* clang-format on */

static inline uintptr_t ctx_pc(const ucontext_t *uc)
{
    return uc->uc_mcontext.gp_regs[CTX_NIP];
}
static inline void ctx_set_pc(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.gp_regs[CTX_NIP] = v;
}
static inline uintptr_t ctx_sp(const ucontext_t *uc)
{
    return uc->uc_mcontext.gp_regs[CTX_R1];
}
static inline void ctx_set_sp(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.gp_regs[CTX_R1] = v;
}
static inline uintptr_t ctx_lr(const ucontext_t *uc)
{
    return uc->uc_mcontext.gp_regs[CTX_LINK];
}
static inline void ctx_set_lr(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.gp_regs[CTX_LINK] = v;
}
static inline uintptr_t ctx_r2(const ucontext_t *uc)
{
    return uc->uc_mcontext.gp_regs[CTX_R2];
}
static inline uintptr_t ctx_r12(const ucontext_t *uc)
{
    return uc->uc_mcontext.gp_regs[CTX_R12];
}
static inline void ctx_set_r12(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.gp_regs[CTX_R12] = v;
}

#endif
