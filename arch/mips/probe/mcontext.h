/* mips: the signal context (Linux, arch/mips/include/uapi/asm/sigcontext.h): 64 bits a register, on 32 bits
 * too. */
#ifndef EVERYPC_MCONTEXT_H
#define EVERYPC_MCONTEXT_H

#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

/* clang-format off */
#define ARCH_CTX_WORDS(X) \
    X("r", 0, 32, offsetof(ucontext_t, uc_mcontext.gregs), 8) \
    X("f", 0, 32, offsetof(ucontext_t, uc_mcontext.fpregs), 8) \
    X("hi", 0, 0, offsetof(ucontext_t, uc_mcontext.mdhi), 8) \
    X("lo", 0, 0, offsetof(ucontext_t, uc_mcontext.mdlo), 8)
/* clang-format on */

static inline uintptr_t ctx_pc(const ucontext_t *uc)
{
    return (uintptr_t)uc->uc_mcontext.pc;
}
static inline void ctx_set_pc(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.pc = v;
}
static inline uintptr_t ctx_sp(const ucontext_t *uc)
{
    return (uintptr_t)uc->uc_mcontext.gregs[29];
}
static inline void ctx_set_sp(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.gregs[29] = v;
}
static inline uintptr_t ctx_lr(const ucontext_t *uc)
{
    return (uintptr_t)uc->uc_mcontext.gregs[31];
}
static inline void ctx_set_lr(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.gregs[31] = v;
}
static inline uintptr_t ctx_regtmp(const ucontext_t *uc)
{
    return (uintptr_t)uc->uc_mcontext.gregs[23];
}

#endif
