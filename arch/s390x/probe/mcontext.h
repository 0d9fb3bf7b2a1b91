/* s390x: the signal context (Linux, arch/s390/include/uapi/asm/sigcontext.h). */
#ifndef EVERYPC_MCONTEXT_H
#define EVERYPC_MCONTEXT_H

#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

/* clang-format off */
#define ARCH_CTX_WORDS(X) \
    X("r", 0, 16, offsetof(ucontext_t, uc_mcontext.gregs), 8) \
    X("f", 0, 16, offsetof(ucontext_t, uc_mcontext.fpregs.fprs), 8) \
    X("psw", 0, 0, offsetof(ucontext_t, uc_mcontext.psw.mask), 8)
/* clang-format on */

static inline uintptr_t ctx_pc(const ucontext_t *uc)
{
    return uc->uc_mcontext.psw.addr;
}
static inline void ctx_set_pc(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.psw.addr = v;
}
static inline uintptr_t ctx_sp(const ucontext_t *uc)
{
    return uc->uc_mcontext.gregs[15];
}
static inline void ctx_set_sp(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.gregs[15] = v;
}
static inline uintptr_t ctx_lr(const ucontext_t *uc)
{
    return uc->uc_mcontext.gregs[14];
}
static inline void ctx_set_lr(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.gregs[14] = v;
}
static inline uintptr_t ctx_regtmp(const ucontext_t *uc)
{
    return uc->uc_mcontext.gregs[10];
}

#endif
