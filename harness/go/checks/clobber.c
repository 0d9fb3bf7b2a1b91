/* clobber: a register that the injected call does not preserve is needed where the call comes back to.
 *
 * Such a register never holds a value across a call or a return in Go's code: the callee can be preempted as
 * well. So calls end its life, and nothing needs it after a return (liveness.h). */
#include "check.h"

/* The first instruction from k on, by offset, that reads the unit. */
static int32_t first_read(const struct cfg *cfg, int32_t k, int unit)
{
    for (; k < cfg->n_insns; k++)
        if (unit_in(&cfg_at(cfg, k)->fx.reads, unit))
            return k;
    return NO_INDEX;
}

void check_clobber(const struct check_input *in)
{
    const struct cfg *cfg = in->cfg;
    if (unitset_empty(&in->lost))
        return;
    liveness_run(in->liveness, cfg, &in->lost);
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        const struct insn *insn = cfg_at(cfg, k);
        int32_t resume = insn->allowed ? cfg_find(cfg, insn->resume) : NO_INDEX;
        if (resume == NO_INDEX || unitset_empty(liveness_at(in->liveness, resume)))
            continue;
        const char *reported = NULL; /* the register of which a part was reported */
        for (int u = 0; u < cfg->arch->n_units; u++) {
            if (!unit_in(liveness_at(in->liveness, resume), u) || cfg->arch->units[u].reg == reported)
                continue;
            reported = cfg->arch->units[u].reg;
            int32_t read = first_read(cfg, resume, u);
            finding_add(
                in, CHECK_CLOBBER, k, u, 0, read,
                "%s holds a value here that is needed later%s, and the injected call does not preserve it",
                reported, insn->resume == insn->offset ? "" : " (from where the range restarts)");
        }
    }
}
