/* What push_call must leave behind where it pushes one word: SP FRAME_SP_DROP bytes lower, and in the word at
 * SP the old LR, whose place the resume PC takes; or the resume PC itself where there is no link register.
 * The including file defines FRAME_SP_DROP, and FRAME_LR, the link register's offset in struct state; 0
 * without one. */
#ifndef EVERYPC_FRAME_WORD_H
#define EVERYPC_FRAME_WORD_H

static const struct frame_rule frame_rule = {
    .sp_drop = FRAME_SP_DROP,
    .n_slots = 1,
    .slot = {{0, ARCH_REG_LINK ? FRAME_OLD_LR : FRAME_RESUME_PC, 0, FRAME_LR}},
    .resume_in_lr = ARCH_REG_LINK,
};

/* No other register is pushed. */
static inline uintptr_t frame_reg(const ucontext_t *uc, int which)
{
    (void)uc;
    (void)which;
    return 0;
}
static inline void frame_set_reg(ucontext_t *uc, int which, uintptr_t v)
{
    (void)uc;
    (void)which;
    (void)v;
}

#endif
