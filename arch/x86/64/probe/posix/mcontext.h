/* amd64: the signal context (Linux, arch/x86/include/uapi/asm/sigcontext.h). There is no link register. */
#ifndef EVERYPC_MCONTEXT_H
#define EVERYPC_MCONTEXT_H

#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

enum {
    CTX_RBP = 10,
    CTX_RSP = 15,
    CTX_RIP = 16
}; /* REG_RBP, REG_RSP, REG_RIP of <ucontext.h>, whose names need _GNU_SOURCE */

/* clang-format off */
#define ARCH_CTX_WORDS(X) \
    X("r", 8, 8, offsetof(ucontext_t, uc_mcontext.gregs), 8) \
    X("rdi", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[8]), 8) \
    X("rsi", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[9]), 8) \
    X("rbp", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[10]), 8) \
    X("rbx", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[11]), 8) \
    X("rdx", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[12]), 8) \
    X("rax", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[13]), 8) \
    X("rcx", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[14]), 8) \
    X("eflags", 0, 0, offsetof(ucontext_t, uc_mcontext.gregs[17]), 8)
/* clang-format on */

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
