/* The frame that push_call left, against the architecture's frame_rule. */
#include "frame_check.h"

#include <stdio.h>
#include <string.h>

#include "adversary.h"
#include "arch.h"
#include "frame.h"
#include "mcontext.h"

void frame_differs(struct shot *s, const char *what, uintptr_t expected, uintptr_t got)
{
    if (!s->frame_ok)
        return;
    s->frame_ok = false;
    snprintf(s->frame_expected, sizeof s->frame_expected, "%s=0x%llx", what, (unsigned long long)expected);
    snprintf(s->frame_got, sizeof s->frame_got, "%s=0x%llx", what, (unsigned long long)got);
}

void frame_check(struct shot *s, const uintptr_t *pushed, const ucontext_t *after)
{
    uintptr_t sp = s->sp_at - frame_rule.sp_drop;
    if (frame_rule.resume_in_lr)
        s->resume_pc = ctx_lr(after);
    if (ctx_sp(after) != sp) {
        frame_differs(s, "SP at the injected call", sp, ctx_sp(after));
        return;
    }
    uintptr_t target =
        frame_rule.target_reg ? frame_reg(after, frame_rule.target_reg) : (uintptr_t)async_preempt;
    if (target != (uintptr_t)async_preempt)
        frame_differs(s, "address register at the injected call", (uintptr_t)async_preempt, target);
    const uintptr_t *slots = (const uintptr_t *)sp;
    if (!frame_rule.resume_in_lr)
        s->resume_pc = slots[frame_rule.slot[0].offset / sizeof *slots];
    for (int k = 0; k < frame_rule.n_slots; k++) {
        uintptr_t got = slots[frame_rule.slot[k].offset / sizeof *slots];
        if (frame_rule.slot[k].value == FRAME_OLD_LR && got != s->lr_at)
            frame_differs(s, "pushed LR", s->lr_at, got);
        if (frame_rule.slot[k].value == FRAME_REG && got != pushed[k])
            frame_differs(s, "pushed register", pushed[k], got);
    }
    if (frame_rule.spare)
        *(uintptr_t *)(sp + frame_rule.spare) ^= UINTPTR_MAX;
}

void frame_interrupted(const struct shot *s, const uintptr_t *pushed)
{
    for (int k = 0; k < frame_rule.n_slots; k++)
        if (frame_rule.slot[k].value != FRAME_RESUME_PC)
            adversary_note(frame_rule.slot[k].state,
                           frame_rule.slot[k].value == FRAME_OLD_LR ? s->lr_at : pushed[k]);
}

void frame_before(const ucontext_t *uc, uintptr_t pushed[FRAME_SLOTS])
{
    for (int k = 0; k < frame_rule.n_slots; k++)
        pushed[k] =
            frame_rule.slot[k].value == FRAME_REG ? frame_reg(uc, frame_rule.slot[k].ucontext_reg) : 0;
}

uint32_t frame_drop(void)
{
    return frame_rule.sp_drop;
}
