/* ppc64: what push_call must leave behind: SP 32 lower, from there up the old LR, R2 and R12; the resume PC
 * in LR, the address of the call in R12. The fourth word holds nothing. */
#ifndef EVERYPC_FRAME_H
#define EVERYPC_FRAME_H

static const struct frame_rule frame_rule = {
    .sp_drop = 32,
    .n_slots = 3,
    .slot = {{0, FRAME_OLD_LR, 0, ST_LR}, {8, FRAME_REG, 2, ST_R(2)}, {16, FRAME_REG, 12, ST_R(12)}},
    .resume_in_lr = 1,
    .target_reg = 12,
    .spare = 24,
};

/* `which` is the number of a general register, the index in struct pt_regs. */
static inline uintptr_t frame_reg(const ucontext_t *uc, int which)
{
    return uc->uc_mcontext.gp_regs[which];
}
static inline void frame_set_reg(ucontext_t *uc, int which, uintptr_t v)
{
    uc->uc_mcontext.gp_regs[which] = v;
}

#endif
