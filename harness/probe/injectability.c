/* Injectability of cases and of a run: see injectability.h. */
#include "injectability.h"

#include <stdio.h>

#include "run.h"
#include "truth.h"

/* Cases that could take an injection: a run with fewer may be of the ones that can't. */
enum { ENOUGH = 8 };

static uint32_t instructions(const struct test_case *c, uint32_t prog)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < c->n_pcs; k++)
        n += c->pcs[k].prog == prog;
    return n;
}

bool could_be_injected(struct run *r)
{
    const struct test_case *c = r->c;
    if (!(c->flags & CASE_BY_RULE) || !r->pins.c)
        return false;
    for (uint32_t pc = 0; pc < c->n_pcs; pc++)
        if (c->pcs[pc].reportable && instructions(c, c->pcs[pc].prog) == 1 && truth_resumes(r, pc))
            return true;
    return false;
}

void injectable_count(struct injectable_cases *all, const struct test_case *c, enum injectability i)
{
    if (!(c->flags & CASE_BY_RULE))
        return;
    all->did += i == INJECTED;
    all->could += i == INJECTABLE;
}

struct verdict judge_liveness(oracle_set without, const struct injectable_cases *all)
{
    struct verdict v = {0};
    if (all->did > 0 || all->could < ENOUGH || !oracle_is_on(without, ORACLE_LIVENESS))
        return v;
    v.oracle = ORACLE_LIVENESS;
    snprintf(v.expected, sizeof v.expected, "an injected call somewhere: %u cases could take one by trial",
             (unsigned)all->could);
    snprintf(v.got, sizeof v.got, "none in the whole run: every mark forbids it");
    return v;
}
