/* return: the unwinder does not find the return address where it looks. For the function that a call is
 * injected into it reads the caller's PC, on machines with a link register, from 0(SP) if the SP delta is
 * not 0 and else from the link register, which pushCall has saved; elsewhere from the word that SP pointed
 * to at the entry (Go 1.19, runtime/traceback.go, gentraceback). */
#include "check.h"

#include <inttypes.h>

/* Keys: where it looks. */
enum { IN_REGISTER, IN_FRAME, ABOVE_FRAME };

/* _func.flag: the unwinder stops at such a function. */
enum { TOP_FRAME = 1 };

static void check_pc(const struct check_input *in, int32_t k, const struct unitset *lost)
{
    const struct cfg *cfg = in->cfg;
    const struct insn *insn = cfg_at(cfg, k);
    int32_t resume =
        insn->allowed && !insn->swept && insn->known == INSN_KNOWN ? cfg_find(cfg, insn->resume) : NO_INDEX;
    int link = cfg->arch->link;
    /* Where the SP delta is wrong, check_sp says so. */
    if (resume == NO_INDEX || insn->sp.kind != VALUE_SP0 || !cfg_at(cfg, resume)->has_delta ||
        cfg_at(cfg, resume)->delta != -insn->sp.c)
        return;
    if (link == NO_UNIT) {
        if (!homes_word(in->caller_pc, lost, 0))
            finding_add(in, CHECK_RETURN, k, NO_UNIT, ABOVE_FRAME, NO_INDEX,
                        "the word at SP+%" PRId64
                        ", from which the unwinder reads the caller's PC, no longer holds the return address",
                        -insn->sp.c);
    } else if (insn->sp.c == 0) {
        if (!homes_unit(in->caller_pc, lost, link))
            finding_add(
                in, CHECK_RETURN, k, link, IN_REGISTER, NO_INDEX,
                "the SP delta is 0, so that the unwinder takes %s for the caller's PC, and it does not "
                "hold the return address",
                cfg->arch->units[link].reg);
    } else if (!homes_word(in->caller_pc, lost, insn->sp.c))
        finding_add(
            in, CHECK_RETURN, k, NO_UNIT, IN_FRAME, NO_INDEX,
            "the word at 0(SP), from which the unwinder reads the caller's PC, does not hold the return "
            "address");
}

void check_return(const struct check_input *in)
{
    const struct cfg *cfg = in->cfg;
    if (cfg->func.flags & TOP_FRAME)
        return;
    homes_follow(in->caller_pc, cfg, cfg->arch->link, in->kept_below_sp);
    for (int32_t b = 0; b < cfg->n_blocks; b++) {
        struct unitset lost = homes_lost(in->caller_pc, b);
        for (int32_t k = cfg->blocks[b].first; k <= cfg->blocks[b].last; k++) {
            check_pc(in, k, &lost);
            homes_step(in->caller_pc, k, &lost);
        }
    }
}
