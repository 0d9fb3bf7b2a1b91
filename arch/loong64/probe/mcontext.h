/* loong64: the signal context (Linux, arch/loongarch/include/uapi/asm/sigcontext.h, struct sigcontext: the
 * PC, then r0 to r31). */
#ifndef EVERYPC_MCONTEXT_H
#define EVERYPC_MCONTEXT_H

#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

/* clang-format off */
#define ARCH_CTX_WORDS(X) \
    X("r", 0, 32, offsetof(ucontext_t, uc_mcontext.__gregs), 8)
/* clang-format on */

static inline uintptr_t ctx_pc(const ucontext_t *uc)
{
    return uc->uc_mcontext.__pc;
}
static inline void ctx_set_pc(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.__pc = v;
}
static inline uintptr_t ctx_sp(const ucontext_t *uc)
{
    return uc->uc_mcontext.__gregs[3];
}
static inline void ctx_set_sp(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.__gregs[3] = v;
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
    return uc->uc_mcontext.__gregs[30];
}

#endif
