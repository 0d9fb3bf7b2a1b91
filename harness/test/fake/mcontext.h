/* The signal context of the architecture that is none: three words at the beginning of a ucontext. */
#ifndef EVERYPC_MCONTEXT_H
#define EVERYPC_MCONTEXT_H
#include <stdint.h>
#include <ucontext.h>
struct fake_context {
    uintptr_t pc, sp, lr;
};
static inline struct fake_context *fake(const ucontext_t *uc)
{
    return (struct fake_context *)(uintptr_t)uc;
}
static inline uintptr_t ctx_pc(const ucontext_t *uc)
{
    return fake(uc)->pc;
}
static inline uintptr_t ctx_sp(const ucontext_t *uc)
{
    return fake(uc)->sp;
}
static inline uintptr_t ctx_lr(const ucontext_t *uc)
{
    return fake(uc)->lr;
}
#endif
