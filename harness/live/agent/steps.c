#include <stdbool.h>

#include "steps.h"

#include "kernel.h"
#include "traps.h"

/* PCs without their traps. */
enum { MAX_STEPS = 64 };
static struct shots_pc *left[MAX_STEPS];

static struct shots_pc *next(const struct shots_pc *p, int i)
{
    return p->next[i] ? traps_find((uintptr_t)(p->next[i] + plan->bias)) : NULL;
}

/* Behind the last visit of an earlier run one more is waited for, to know of it. */
bool steps_wanted(const struct shots_pc *p)
{
    if (plan->count)
        return p->visits < plan->count;
    uint64_t last_listed = plan->n_visits ? plan->visits[plan->n_visits - 1] : 0;
    return plan->every || p->visits < last_listed || (p->last && p->visits <= p->last);
}

bool steps_visit(struct shots_pc *p)
{
    if (!(p->role & ROLE_FIRE) || !steps_wanted(p))
        return false;
    p->visits += p->visits != UINT32_MAX;
    plan->visited++;
    if (plan->count || plan->stop)
        return false;
    p->came_again |= p->last && p->visits > p->last;
    bool wanted = plan->every || p->visits == p->last;
    for (uint64_t i = 0; i < plan->n_visits && plan->visits[i] <= p->visits; i++)
        wanted |= plan->visits[i] == p->visits;
    return wanted;
}

void steps_leave(struct shots_pc *p)
{
    if (steps_wanted(p))
        steps_leave_for_now(p);
    else
        trap_disarm(p);
}

void steps_leave_for_now(struct shots_pc *p)
{
    trap_disarm(p);
    if (plan->stop)
        return;
    for (int k = 0; k < MAX_STEPS; k++) {
        if (left[k])
            continue;
        bool any = false;
        for (int i = 0; i < 2; i++) {
            struct shots_pc *successor = next(p, i);
            if (!successor || successor == p)
                continue;
            any = true;
            trap_arm(successor);
        }
        left[k] = any ? p : NULL;
        plan->visits_lost += !any;
        return;
    }
    plan->visits_lost++;
}

void steps_arrive(const struct shots_pc *at)
{
    for (int k = 0; k < MAX_STEPS; k++) {
        struct shots_pc *p = left[k];
        if (!p || (next(p, 0) != at && next(p, 1) != at))
            continue;
        left[k] = NULL;
        trap_arm(p);
    }
}
