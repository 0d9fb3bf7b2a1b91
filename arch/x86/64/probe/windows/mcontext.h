/* windows-amd64: a suspended thread's context (CONTEXT of winnt.h). There is no link register. */
#ifndef EVERYPC_MCONTEXT_H
#define EVERYPC_MCONTEXT_H

#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

/* Of a context that is read and written as a whole. */
#define CTX_ALL (CONTEXT_CONTROL | CONTEXT_INTEGER | CONTEXT_SEGMENTS | CONTEXT_FLOATING_POINT)

/* clang-format off */
#define ARCH_CTX_WORDS(X) \
    X("rax", 0, 0, offsetof(CONTEXT, Rax), 8) \
    X("rcx", 0, 0, offsetof(CONTEXT, Rcx), 8) \
    X("rdx", 0, 0, offsetof(CONTEXT, Rdx), 8) \
    X("rbx", 0, 0, offsetof(CONTEXT, Rbx), 8) \
    X("rbp", 0, 0, offsetof(CONTEXT, Rbp), 8) \
    X("rsi", 0, 0, offsetof(CONTEXT, Rsi), 8) \
    X("rdi", 0, 0, offsetof(CONTEXT, Rdi), 8) \
    X("r", 8, 8, offsetof(CONTEXT, R8), 8) \
    X("segments and eflags", 0, 0, offsetof(CONTEXT, SegSs) / 8 * 8, 8)
/* clang-format on */

static inline uintptr_t ctx_pc(const ucontext_t *uc)
{
    return uc->Rip;
}
static inline void ctx_set_pc(ucontext_t *uc, uintptr_t v)
{
    uc->Rip = v;
}
static inline uintptr_t ctx_sp(const ucontext_t *uc)
{
    return uc->Rsp;
}
static inline void ctx_set_sp(ucontext_t *uc, uintptr_t v)
{
    uc->Rsp = v;
}
static inline uintptr_t ctx_fp(const ucontext_t *uc)
{
    return uc->Rbp;
}
static inline uintptr_t ctx_lr(const ucontext_t *uc)
{
    (void)uc;
    return 0;
}

#endif
