/* Holding mutants: see hold.h. */
#include "hold.h"

#include <string.h>

#include "probe/liveness.h"
#include "probe/nested.h"
#include "probe/oracle.h"
#include "suite.h"

enum { FREE_S = 1, MAX_HUNG = 3 };

static struct options held(const struct options *o, const struct mutant *m, const char *without, bool full)
{
    struct options quiet = quietly(o);
    quiet.free_mode = m->free_mode;
    quiet.budget = FREE_S;
    quiet.full = full;
    oracles_without(without);
    return quiet;
}

/* A case that breaks off before any signal says nothing of a mutant that does not change its code: this CPU
 * model does not have an instruction of it. */
static bool is_unrun(const struct mutant *m, const struct tally *t)
{
    return !m->of_code && t->shots == 0 &&
           (strcmp(t->first.oracle, "crash") == 0 || strcmp(t->first.oracle, "hang") == 0);
}

void hold_quick(const struct options *o, const struct mutant *m, const char *without, struct death *d)
{
    struct options quiet = held(o, m, without, false);
    struct live_cases live = {0};
    uint32_t n = m->n_cases ? m->n_cases : suite_size(), hung = 0;
    d->c = NULL;
    for (uint32_t k = 0; k < n && !d->c && hung < MAX_HUNG; k++) {
        const struct test_case *c = m->n_cases ? m->cases[k] : suite_case(k);
        mutants_check(&quiet, c, &d->t);
        liveness_count(&live, c, d->t.live);
        hung += d->t.hung;
        if (d->t.failures && !is_unrun(m, &d->t))
            d->c = c;
    }
    struct verdict v = judge_liveness(&live);
    if (!d->c && v.oracle) {
        d->c = m->n_cases ? m->cases[0] : suite_case(0);
        d->t.first = v;
        d->t.first_pc = UINT32_MAX;
    }
    oracles_without(o->without);
}

void hold_deep(const struct options *o, const struct mutant *m, const char *without, struct death *d)
{
    struct options quiet = held(o, m, without, true);
    const struct test_case *c = NULL;
    d->c = NULL;
    for (uint32_t k = 0;
         !m->free_mode && !d->c && (c = m->n_cases ? (k < m->n_cases ? m->cases[k] : NULL) : suite_small(k));
         k++) {
        mutants_check(&quiet, c, &d->t);
        if (d->t.failures && !is_unrun(m, &d->t))
            d->c = c;
    }
    if (!d->c && m->in_call)
        d->c = nested_find(&quiet, m->code, &d->t);
    oracles_without(o->without);
}
