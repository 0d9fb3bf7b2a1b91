/* tls: the thread's own address is held in a register where a call may be injected, after which the
 * goroutine may be on another thread. What is loaded through it is the goroutine's, since all that Go keeps
 * there is g (Go 1.19, runtime/tls_*.s): the address alone goes stale. */
#include "check.h"

/* The instruction's results are the thread's address, or computed from it. */
static bool reads_thread(const struct check_input *in, const struct insn *insn)
{
    const struct cfg *cfg = in->cfg;
    const struct effects *fx = &insn->fx;
    if (in->thread_cell && fx->n_mem > 0 && fx->mem[0].load && insn->address[0].kind == VALUE_NUMBER &&
        (uint64_t)insn->address[0].c == in->thread_cell)
        return true;
    if (!(fx->flags & READS_TLS))
        return false;
    if (fx->n_mem == 0)
        return true;
    /* The word at the thread's address may hold the address itself. */
    return cfg->arch->thread_points_to_itself && fx->mem[0].load && !fx->mem[0].store &&
           fx->mem[0].index == NO_UNIT && fx->mem[0].disp == 0;
}

static void step_thread(void *context, int32_t k, struct unitset *set)
{
    const struct check_input *in = context;
    const struct effects_arch *arch = in->cfg->arch;
    const struct insn *insn = cfg_at(in->cfg, k);
    const struct effects *fx = &insn->fx;
    struct unitset used = unitset_and(&fx->reads, set), written = unitset_and(&fx->writes, &arch->general);
    bool loads = fx->n_mem > 0 && fx->mem[0].load;
    bool derived = reads_thread(in, insn) || (!loads && !unitset_empty(&used));
    *set = unitset_minus(set, &fx->kills);
    if (derived)
        *set = unitset_or(set, &written);
    if (insn->call_ends)
        *set = (struct unitset){{0}};
}

void check_tls(const struct check_input *in)
{
    const struct cfg *cfg = in->cfg;
    bool any = false;
    for (int32_t k = 0; k < cfg->n_insns && !any; k++)
        any = reads_thread(in, cfg_at(cfg, k));
    if (!any)
        return;
    liveness_run(in->liveness, cfg, &cfg->arch->general);
    const struct unitset *sets = sets_spread(in->sets, cfg, NULL, step_thread, (void *)in);
    for (int32_t b = 0; b < cfg->n_blocks; b++) {
        struct unitset held = sets[b];
        for (int32_t k = cfg->blocks[b].first; k <= cfg->blocks[b].last; k++) {
            const struct insn *insn = cfg_at(cfg, k);
            int32_t resume = insn->allowed ? cfg_find(cfg, insn->resume) : NO_INDEX;
            struct unitset stale = {{0}};
            if (resume != NO_INDEX)
                stale = unitset_and(&held, liveness_at(in->liveness, resume));
            for (int u = 0; !unitset_empty(&stale) && u < cfg->arch->n_units; u++)
                if (unit_in(&stale, u))
                    finding_add(in, CHECK_TLS, k, u, 0, NO_INDEX,
                                "%s holds the thread's address, which is needed later, and an injected call "
                                "may come back on "
                                "another thread",
                                cfg->arch->units[u].reg);
            step_thread((void *)in, k, &held);
        }
    }
}
