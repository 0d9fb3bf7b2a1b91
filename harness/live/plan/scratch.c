#include "scratch.h"

#include <string.h>

void scratch_run(struct liveness *l, const struct cfg *cfg)
{
    const struct effects_arch *arch = cfg->arch;
    struct unitset regtmp = {0};
    for (int unit = 0; unit < arch->n_units; unit++)
        if (strcmp(arch->units[unit].reg, arch->target->regtmp) == 0)
            unit_add(&regtmp, unit);
    liveness_run(l, cfg, &regtmp);
}

bool scratch_needed(const struct liveness *l, const struct cfg *cfg, uint32_t offset)
{
    int32_t k = cfg_find(cfg, offset);
    return k != NO_INDEX && !unitset_empty(liveness_at(l, k));
}
