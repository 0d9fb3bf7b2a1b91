/* sp: the SP-delta table does not say how far SP has really moved since the function's entry. The unwinder goes wrong
 * where a call is injected at such a PC. */
#include "checks.h"

#include <inttypes.h>

void check_sp(const struct check_input *in)
{
    const struct cfg *cfg = in->cfg;
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        const struct insn *insn = cfg_at(cfg, k), *resume = insn;
        if (insn->known != INSN_KNOWN || insn->in_delay_slot)
            continue;
        if (insn->allowed) {
            int32_t r = cfg_find(cfg, insn->resume);
            if (r == NO_INDEX)
                continue; /* check_restart's matter */
            resume = cfg_at(cfg, r);
        }
        if (!resume->has_delta || insn->sp.kind == VALUE_UNREACHED)
            continue;
        if (insn->sp.kind != VALUE_SP0) {
            in->out->sp_unknown += insn->allowed && insn->filter == FILTER_NONE;
            continue;
        }
        if (-insn->sp.c == resume->delta)
            continue;
        if (insn->allowed)
            finding_add(in, CHECK_SP, k, cfg->arch->sp, -insn->sp.c - resume->delta, NO_INDEX,
                        "the table says that SP has moved by %" PRId32 " bytes, and it has moved by %" PRId64, resume->delta,
                        -insn->sp.c);
        else
            in->out->sp_loose++;
    }
}
