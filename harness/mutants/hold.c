/* Holding mutants: see hold.h. */
#include "hold.h"

#include "probe/nested.h"
#include "suite.h"

enum { FREE_S = 1, MAX_HUNG = 3 };

static struct options held(const struct options *o, const struct mutant *m, oracle_set without, bool full)
{
    struct options held = *o;
    held.free_mode = m->free_mode;
    held.budget = FREE_S;
    held.full = full;
    held.without = without;
    if (m->patience_ms)
        held.fire.patience_ms = m->patience_ms;
    return held;
}

/* A case that breaks off before any signal shows nothing about a mutant that does not change its code: this
 * CPU model does not have an instruction of it. */
static bool is_unrun(const struct mutant *m, const struct tally *t)
{
    return !m->of_code && t->shots == 0 &&
           (t->first.oracle == ORACLE_CRASH || t->first.oracle == ORACLE_HANG);
}

/* The k-th case that a mutant is held against; null: it can't tell the mutant from the original. */
static const struct test_case *case_for(const struct mutant *m, uint32_t k)
{
    if (m->n_cases)
        return m->cases[k];
    return m->in_call && !suite_injects(k) ? NULL : suite_case(k);
}

void hold_quick(const struct options *o, const struct mutant *m, oracle_set without, struct death *d)
{
    struct options as_held = held(o, m, without, false);
    uint32_t n = m->n_cases ? m->n_cases : suite_size();
    d->c = NULL;
    for (; d->passed < n && d->hung < MAX_HUNG; d->passed++) {
        const struct test_case *c = case_for(m, d->passed);
        if (!c)
            continue;
        mutants_check(&as_held, c, &d->t);
        if (d->t.failures && !is_unrun(m, &d->t)) {
            d->c = c;
            return;
        }
        injectable_count(&d->of_passed, c, d->t.injectability);
        d->hung += d->t.hung;
    }
    struct verdict v = judge_liveness(without, &d->of_passed);
    if (v.oracle) {
        d->c = m->n_cases ? m->cases[0] : suite_case(0);
        d->t.first = v;
        d->t.first_pc = UINT32_MAX;
    }
}

void hold_deep(const struct options *o, const struct mutant *m, oracle_set without, struct death *d)
{
    struct options as_held = held(o, m, without, true);
    const struct test_case *c = NULL;
    d->c = NULL;
    for (uint32_t k = 0;
         !m->free_mode && !d->c && (c = m->n_cases ? (k < m->n_cases ? m->cases[k] : NULL) : suite_small(k));
         k++) {
        mutants_check(&as_held, c, &d->t);
        if (d->t.failures && !is_unrun(m, &d->t))
            d->c = c;
    }
    if (!d->c && m->in_call)
        d->c = nested_find(&as_held, m->code, &d->t);
}
