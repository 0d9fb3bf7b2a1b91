/* Liveness of cases and of a run: see liveness.h. */
#include "liveness.h"

#include <stdio.h>

#include "run.h"
#include "truth.h"

enum {
    ENOUGH = 8
}; /* cases that could take an injection: a run with fewer may be about the ones that can't */

static uint32_t instructions(const struct test_case *c, uint32_t prog)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < c->n_pcs; k++)
        n += c->pcs[k].prog == prog;
    return n;
}

bool liveness_could(struct run *r)
{
    const struct test_case *c = r->c;
    if (!(c->flags & CASE_BY_RULE) || !r->pins.c)
        return false;
    for (uint32_t pc = 0; pc < c->n_pcs; pc++)
        if (c->pcs[pc].reportable && instructions(c, c->pcs[pc].prog) == 1 && truth_resumes(r, pc))
            return true;
    return false;
}

void liveness_count(struct live_cases *all, const struct test_case *c, enum liveness live)
{
    if (!(c->flags & CASE_BY_RULE))
        return;
    all->did += live == LIVE;
    all->could += live == LIVE_COULD;
}

struct verdict judge_liveness(const struct live_cases *all)
{
    struct verdict v = {0};
    if (all->did > 0 || all->could < ENOUGH || !oracle_is_on("liveness"))
        return v;
    v.oracle = "liveness";
    snprintf(v.expected, sizeof v.expected, "an injected call somewhere: %u cases could take one by trial",
             (unsigned)all->could);
    snprintf(v.got, sizeof v.got, "none in the whole run: every mark forbids it");
    return v;
}
