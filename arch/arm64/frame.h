/* arm64: what push_call must leave behind: SP 16 lower, the old LR in the word at SP, the resume PC in LR. */
#ifndef EVERYPC_FRAME_H
#define EVERYPC_FRAME_H

static const struct frame_rule frame_rule = {
    .sp_drop = 16,
    .n_slots = 1,
    .slot = {{0, FRAME_OLD_LR, 0, ST_X(30)}},
    .resume_in_lr = 1,
};

/* No other register is pushed. */
static inline uintptr_t frame_reg(const ucontext_t *uc, int which)
{
    (void)uc;
    (void)which;
    return 0;
}

#endif
