/* ppc64: four words under SP, for the old LR, R2 (the TOC) and R12 (the address of the called function, from
 * which position-independent code computes its R2); see Go 1.19, runtime/signal_ppc64x.go pushCall. */
#include "arch.h"
#include "mcontext.h"

void push_call(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc)
{
    uintptr_t sp = ctx_sp(uc) - 32, *slot = (uintptr_t *)sp;
    ctx_set_sp(uc, sp);
    slot[0] = ctx_lr(uc);
    slot[1] = ctx_r2(uc);
    slot[2] = ctx_r12(uc);
    ctx_set_lr(uc, resume_pc);
    ctx_set_r12(uc, target_pc);
    ctx_set_pc(uc, target_pc);
}
