/* arm: the signal context (Linux, arch/arm/include/uapi/asm/sigcontext.h). */
#ifndef EVERYPC_MCONTEXT_H
#define EVERYPC_MCONTEXT_H

#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

/* clang-format off */
#define ARCH_CTX_WORDS(X) \
    X("r", 0, 15, offsetof(ucontext_t, uc_mcontext.arm_r0), 4) \
    X("cpsr", 0, 0, offsetof(ucontext_t, uc_mcontext.arm_cpsr), 4)
/* clang-format on */

static inline uintptr_t ctx_pc(const ucontext_t *uc)
{
    return uc->uc_mcontext.arm_pc;
}
/* All code that a thread is sent to is in ARM mode; what was interrupted may be Thumb code of the C library.
 */
static inline void ctx_set_pc(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.arm_pc = v;
    uc->uc_mcontext.arm_cpsr &= ~0x0700fc20ul; /* IT, J, T */
}
static inline uintptr_t ctx_sp(const ucontext_t *uc)
{
    return uc->uc_mcontext.arm_sp;
}
static inline void ctx_set_sp(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.arm_sp = v;
}
static inline uintptr_t ctx_lr(const ucontext_t *uc)
{
    return uc->uc_mcontext.arm_lr;
}
static inline void ctx_set_lr(ucontext_t *uc, uintptr_t v)
{
    uc->uc_mcontext.arm_lr = v;
}

#endif
