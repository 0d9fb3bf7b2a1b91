#include "behind.h"

/* Where the injected call is back from the scheduler: behind asyncPreempt's call of asyncPreempt2. There the
 * goroutine is no longer marked as being at an asynchronous safe point, so that it can call the collector. */
static bool add_call(struct plan *p, struct reading *r)
{
    struct gobin_func f;
    size_t first = p->n, i = reading_named(r, NAME_ASYNC_PREEMPT, &f);
    if (i == SIZE_MAX)
        return true;
    if (!plan_add_function(p, r, i, &(struct choice){.fire = false}))
        return false;
    for (int32_t k = 0; k < r->cfg->n_insns; k++) {
        const struct insn *insn = cfg_at(r->cfg, k);
        if (insn->fx.flow != FLOW_CALL)
            continue;
        uint64_t behind = f.entry + insn->end + (insn->fx.flags & HAS_DELAY_SLOT ? insn->fx.size : 0);
        for (size_t n = first; n < p->n; n++)
            if (p->pcs[n].pc == behind)
                p->pcs[n].role = ROLE_CALL;
    }
    return true;
}

/* Where goroutines begin whose stacks the agent has doubled before it calls anything (inside.c). */
static bool add_roots(struct plan *p, struct reading *r)
{
    static const enum reading_name names[] = {NAME_MAIN, NAME_TEST_RUNNER};
    for (size_t k = 0; p->head.inside & INSIDE_CALLS && k < sizeof names / sizeof *names; k++) {
        struct gobin_func f;
        if (reading_named(r, names[k], &f) == SIZE_MAX)
            continue;
        bool known = false;
        for (size_t n = 0; n < p->n && !known; n++)
            known = p->pcs[n].pc == f.entry;
        if (!known && !plan_add_function(p, r, r->named[names[k]], &(struct choice){.fire = false}))
            return false;
    }
    return true;
}

/* Where a thread looks for its next goroutine. */
static bool add_schedule(struct plan *p, struct reading *r)
{
    struct gobin_func f;
    size_t first = p->n, i = reading_named(r, NAME_SCHEDULE, &f);
    if (!(p->head.inside & INSIDE_THREAD) || i == SIZE_MAX)
        return true;
    if (!plan_add_function(p, r, i, &(struct choice){.fire = false}))
        return false;
    for (size_t n = first; n < p->n; n++)
        p->pcs[n].role = p->pcs[n].role & ROLE_ENTRY ? ROLE_SCHEDULE : 0;
    return true;
}

bool behind_add(struct plan *p, struct reading *r)
{
    return add_call(p, r) && add_roots(p, r) && add_schedule(p, r);
}
