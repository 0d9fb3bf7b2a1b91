/* amd64: as a CALL would: the resume PC on the stack, which is neither aligned nor is a red zone skipped,
 * since Go has none (Go 1.19, runtime/signal_amd64.go pushCall). */
#include "arch.h"
#include "mcontext.h"

void push_call(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc)
{
    uintptr_t sp = ctx_sp(uc) - sizeof(uintptr_t);
    ctx_set_sp(uc, sp);
    *(uintptr_t *)sp = resume_pc;
    ctx_set_pc(uc, target_pc);
}
