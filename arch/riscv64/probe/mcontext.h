/* riscv64: the signal context (Linux, arch/riscv/include/uapi/asm/ptrace.h, user_regs_struct: the PC, then x1
 * to x31). */
#ifndef EVERYPC_MCONTEXT_H
#define EVERYPC_MCONTEXT_H

#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

/* clang-format off */
#define ARCH_CTX_WORDS(X) \
    X("x", 0, 32, offsetof(ucontext_t, uc_mcontext.__gregs), 8)
/* clang-format on */

static inline uintptr_t ctx_pc(const ucontext_t *uc)
{
    return uc->uc_mcontext.__gregs[0];
}
static inline void ctx_set_pc(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.__gregs[0] = v;
}
static inline uintptr_t ctx_sp(const ucontext_t *uc)
{
    return uc->uc_mcontext.__gregs[2];
}
static inline void ctx_set_sp(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.__gregs[2] = v;
}
static inline uintptr_t ctx_lr(const ucontext_t *uc)
{
    return uc->uc_mcontext.__gregs[1];
}
static inline void ctx_set_lr(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.__gregs[1] = v;
}
static inline uintptr_t ctx_regtmp(const ucontext_t *uc)
{
    return uc->uc_mcontext.__gregs[31];
}

#endif
