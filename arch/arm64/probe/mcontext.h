/* arm64: the signal context (Linux, arch/arm64/include/uapi/asm/sigcontext.h). */
#ifndef EVERYPC_MCONTEXT_H
#define EVERYPC_MCONTEXT_H

#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

/* clang-format off */
#define ARCH_CTX_WORDS(X) \
    X("x", 0, 31, offsetof(ucontext_t, uc_mcontext.regs), 8) \
    X("pstate", 0, 0, offsetof(ucontext_t, uc_mcontext.pstate), 8)
/* clang-format on */

static inline uintptr_t ctx_pc(const ucontext_t *uc)
{
    return uc->uc_mcontext.pc;
}
static inline void ctx_set_pc(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.pc = v;
}
static inline uintptr_t ctx_sp(const ucontext_t *uc)
{
    return uc->uc_mcontext.sp;
}
static inline void ctx_set_sp(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.sp = v;
}
static inline uintptr_t ctx_lr(const ucontext_t *uc)
{
    return uc->uc_mcontext.regs[30];
}
static inline void ctx_set_lr(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.regs[30] = v;
}
static inline uintptr_t ctx_fp(const ucontext_t *uc)
{
    return uc->uc_mcontext.regs[29];
}
static inline uintptr_t ctx_regtmp(const ucontext_t *uc)
{
    return uc->uc_mcontext.regs[27];
}

#endif
