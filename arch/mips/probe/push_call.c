/* mips: the old LR goes to a new word on the stack, where the stub finds it behind its own frame (Go 1.19,
 * runtime/signal_mipsx.go and signal_mips64x.go pushCall). */
#include "arch.h"
#include "mcontext.h"

void push_call(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc)
{
    uintptr_t sp = ctx_sp(uc) - sizeof(uintptr_t);
    ctx_set_sp(uc, sp);
    *(uintptr_t *)sp = ctx_lr(uc);
    ctx_set_lr(uc, resume_pc);
    ctx_set_pc(uc, target_pc);
}
