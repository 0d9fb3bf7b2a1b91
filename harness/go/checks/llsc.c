/* llsc: a call may be injected between a load-linked and its store-conditional, which then fails, and nothing
 * goes back to the load. Where something does, an interruption costs one iteration. */
#include "check.h"

/* How far a store-conditional lies after its load, and the branch on its result after it, in instructions.
 */
enum { SEQUENCE = 32, RESULT = 8 };

/* An address is before the load, or a jump there goes to such a place. */
static bool goes_back(const struct cfg *cfg, uint64_t target, int32_t load)
{
    uint64_t offset = target - cfg->func.entry;
    int32_t k = offset < cfg->func.end - cfg->func.entry ? cfg_find(cfg, (uint32_t)offset) : NO_INDEX;
    if (k == NO_INDEX)
        return false;
    if (k <= load)
        return true;
    const struct effects *fx = &cfg_at(cfg, k)->fx;
    return fx->flow == FLOW_JUMP && fx->target >= cfg->func.entry && fx->target <= cfg_at(cfg, load)->fx.pc;
}

/* Where the code from k on goes, as far as it is straight. */
static bool falls_back(const struct cfg *cfg, int32_t k, int32_t load)
{
    for (int32_t end = k + RESULT; k < cfg->n_insns && k < end; k++) {
        const struct effects *fx = &cfg_at(cfg, k)->fx;
        if (fx->flow != FLOW_NEXT)
            return fx->flow == FLOW_JUMP && goes_back(cfg, fx->target, load);
    }
    return false;
}

/* A branch on what the store-conditional says goes back to the load, one way or the other. */
static bool retries(const struct cfg *cfg, int32_t load, int32_t store)
{
    struct unitset says = cfg_at(cfg, store)->fx.writes;
    for (int32_t k = store + 1; k < cfg->n_insns && k <= store + RESULT; k++) {
        const struct effects *fx = &cfg_at(cfg, k)->fx;
        struct unitset used = unitset_and(&fx->reads, &says);
        if (fx->flow == FLOW_BRANCH && !unitset_empty(&used))
            return goes_back(cfg, fx->target, load) || falls_back(cfg, k + 1, load);
        if (fx->flow != FLOW_NEXT && fx->flow != FLOW_BRANCH)
            return false;
        if (!unitset_empty(&used)) /* computed from what it says */
            says = unitset_or(&says, &fx->writes);
        else
            says = unitset_minus(&says, &fx->kills);
    }
    return false;
}

static void check_pair(const struct check_input *in, int32_t load, int32_t store)
{
    const struct cfg *cfg = in->cfg;
    if (store - load > SEQUENCE || retries(cfg, load, store))
        return;
    for (int32_t k = load + 1; k <= store; k++)
        if (cfg_at(cfg, k)->allowed && cfg_at(cfg, k)->resume > cfg_at(cfg, load)->offset)
            finding_add(in, CHECK_LLSC, k, NO_UNIT, load, store,
                        "between a load-linked, at +0x%x, and its store-conditional, which is not tried "
                        "again if it fails",
                        cfg_at(cfg, load)->offset);
}

void check_llsc(const struct check_input *in)
{
    const struct cfg *cfg = in->cfg;
    int32_t load = NO_INDEX;
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        const struct effects *fx = &cfg_at(cfg, k)->fx;
        if (fx->flags & IS_SC && load != NO_INDEX)
            check_pair(in, load, k);
        if (fx->flags & IS_LL)
            load = k;
    }
}
