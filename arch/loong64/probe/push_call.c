/* loong64: the old LR goes to the new top of the stack, where the stub finds it behind its own frame; SP
 * moves by one word only, so it need not be 16-byte aligned (Go 1.19, runtime/signal_loong64.go pushCall). */
#include "arch.h"
#include "mcontext.h"

void push_call(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc)
{
    uintptr_t sp = ctx_sp(uc) - 8;
    ctx_set_sp(uc, sp);
    *(uintptr_t *)sp = ctx_lr(uc);
    ctx_set_lr(uc, resume_pc);
    ctx_set_pc(uc, target_pc);
}
