/* 386: what push_call must leave behind: SP one word lower, the resume PC in the word at SP. */
#ifndef EVERYPC_FRAME_H
#define EVERYPC_FRAME_H

static const struct frame_rule frame_rule = {
    .sp_drop = 4,
    .n_slots = 1,
    .slot = {{0, FRAME_RESUME_PC, 0, 0}},
    .resume_in_lr = 0,
};

/* No other register is pushed. */
static inline uintptr_t frame_reg(const ucontext_t *uc, int which)
{
    (void)uc;
    (void)which;
    return 0;
}

#endif
