/* windows-386: a suspended thread's context (CONTEXT of winnt.h). There is no link register. */
#ifndef EVERYPC_MCONTEXT_H
#define EVERYPC_MCONTEXT_H

#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

/* Of a context that is read and written as a whole: without the extended registers, x87 alone is, and what
 * FXSAVE has is cleared. */
#define CTX_ALL (CONTEXT_FULL | CONTEXT_FLOATING_POINT | CONTEXT_EXTENDED_REGISTERS)

/* clang-format off */
#define ARCH_CTX_WORDS(X) \
    X("edi", 0, 0, offsetof(CONTEXT, Edi), 4) \
    X("esi", 0, 0, offsetof(CONTEXT, Esi), 4) \
    X("ebx", 0, 0, offsetof(CONTEXT, Ebx), 4) \
    X("edx", 0, 0, offsetof(CONTEXT, Edx), 4) \
    X("ecx", 0, 0, offsetof(CONTEXT, Ecx), 4) \
    X("eax", 0, 0, offsetof(CONTEXT, Eax), 4) \
    X("ebp", 0, 0, offsetof(CONTEXT, Ebp), 4) \
    X("eflags", 0, 0, offsetof(CONTEXT, EFlags), 4)
/* clang-format on */

static inline uintptr_t ctx_pc(const ucontext_t *uc)
{
    return uc->Eip;
}
static inline void ctx_set_pc(ucontext_t *uc, uintptr_t v)
{
    uc->Eip = v;
}
static inline uintptr_t ctx_sp(const ucontext_t *uc)
{
    return uc->Esp;
}
static inline void ctx_set_sp(ucontext_t *uc, uintptr_t v)
{
    uc->Esp = v;
}
static inline uintptr_t ctx_lr(const ucontext_t *uc)
{
    (void)uc;
    return 0;
}

#endif
