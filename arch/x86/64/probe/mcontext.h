/* amd64: the signal context (Linux, arch/x86/include/uapi/asm/sigcontext.h). There is no link register. */
#ifndef EVERYPC_MCONTEXT_H
#define EVERYPC_MCONTEXT_H

#include <stdint.h>
#include <ucontext.h>

enum {
    CTX_RBP = 10,
    CTX_RSP = 15,
    CTX_RIP = 16
}; /* REG_RBP, REG_RSP, REG_RIP of <ucontext.h>, whose names need _GNU_SOURCE */

static inline uintptr_t ctx_pc(const ucontext_t *uc)
{
    return (uintptr_t)uc->uc_mcontext.gregs[CTX_RIP];
}
static inline void ctx_set_pc(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.gregs[CTX_RIP] = (greg_t)v;
}
static inline uintptr_t ctx_sp(const ucontext_t *uc)
{
    return (uintptr_t)uc->uc_mcontext.gregs[CTX_RSP];
}
static inline void ctx_set_sp(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.gregs[CTX_RSP] = (greg_t)v;
}
static inline uintptr_t ctx_fp(const ucontext_t *uc)
{
    return (uintptr_t)uc->uc_mcontext.gregs[CTX_RBP];
}
static inline uintptr_t ctx_lr(const ucontext_t *uc)
{
    (void)uc;
    return 0;
}

#endif
