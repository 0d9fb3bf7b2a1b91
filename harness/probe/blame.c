/* The experiments: one shot again, with one thing changed at a time. */
#include "blame.h"

#include <stdio.h>
#include <string.h>

#include "arch.h"
#include "blocked.h"
#include "cross.h"
#include "events.h"
#include "fire.h"
#include "golden.h"
#include "initial_state.h"
#include "oracle.h"
#include "other_marks.h"
#include "platform.h"
#include "wild.h"

/* clang-format off */
enum {
    RUNS = 3,               /* of what might differ each time */
    SHORT_PATIENCE_MS = 1000,
};
/* clang-format on */

/* The shot. */
static struct {
    const struct test_case *c;
    struct pins pins;
    uint32_t pc, visit;
    int state;
    bool blocked; /* in a system call */
    uint64_t seed;
    oracle_set without;
    struct request fire;
    struct state in, out;
    struct golden golden;
} shot;

static void experiment_event(const char *what, const struct verdict *v)
{
    event_begin("experiment");
    event_string("what", what);
    event_string("verdict", oracle_name(v->oracle));
    if (v->oracle) {
        event_string("expected", v->expected);
        event_string("got", v->got);
    }
    event_end(1);
}

static void unwanted(const void *data, struct thread *t, ucontext_t *uc, const struct decision *made)
{
    (void)data;
    (void)uc;
    (void)made;
    t->want_preempt = false;
}

/* Held against `e`, or with null against the marks. */
static struct verdict fire_once(const struct request *q, const struct expectation *e)
{
    struct shot s;
    if (shot.blocked) {
        blocked_try(q, &shot.pins, blocked_call(shot.c, shot.pc), shot.seed, shot.state, &shot.in, &shot.out,
                    &s);
    } else {
        memory_fill(shot.c, shot.seed, shot.state);
        fire_pin(q, &shot.pins, shot.pc, shot.visit, &shot.in, &shot.out, &s);
    }
    struct verdict v;
    if (judge_push_call(shot.without, &s, &v))
        judge_outcome(shot.c, &s, &v);
    bool astray = wild_mend();
    if (v.oracle)
        return v;
    if (astray) {
        v.oracle = ORACLE_STATE;
        snprintf(v.expected, sizeof v.expected, "code that nothing writes to");
        snprintf(v.got, sizeof v.got, "a store to it");
        return v;
    }
    if (!s.landed) {
        v.oracle = ORACLE_COVERAGE;
        snprintf(v.expected, sizeof v.expected, "a signal at this PC, visit %u", (unsigned)shot.visit);
        snprintf(v.got, sizeof v.got, "%u visits", (unsigned)s.visits);
        return v;
    }
    if (e)
        judge_shot_as(shot.without, *e, shot.c, &s, &shot.golden, &shot.out, &v);
    else
        judge_shot(shot.without, shot.c, &s, &shot.golden, &shot.out, &v);
    return v;
}

/* False if there is nothing to hold the other experiments against. */
static bool undisturbed(void)
{
    struct values values = {{0}, {0}, 0};
    struct state_diff diff;
    struct shot s;
    struct verdict v = {0};
    state_fill(&shot.in, shot.c, shot.seed, shot.state);
    for (int k = 0; k < RUNS && !v.oracle; k++) {
        if (k == 0) {
            golden_run(&shot.fire, shot.c, &shot.in, shot.seed, shot.state, &shot.golden, &s);
        } else {
            memory_fill(shot.c, shot.seed, shot.state);
            run_plain(&shot.fire, shot.c, &shot.in, &shot.out, &s);
        }
        judge_outcome(shot.c, &s, &v);
        if (k > 0 && !v.oracle && !state_equal(&shot.golden, &shot.out, &diff)) {
            v.oracle = ORACLE_STATE;
            snprintf(v.expected, sizeof v.expected, "%s", diff.expected);
            snprintf(v.got, sizeof v.got, "%s", diff.got);
        }
    }
    bool usable = s.outcome == RUN_LEFT;
    if (!v.oracle)
        v = judge_values(shot.c, (uint32_t)shot.state, &shot.golden.on[0], &values);
    experiment_event("undisturbed", &v);
    return usable;
}

static void again(void)
{
    struct verdict v = {0};
    for (int k = 0; k < RUNS && !v.oracle; k++)
        v = fire_once(&shot.fire, NULL);
    experiment_event("again", &v);
}

static void forced(const char *what, uint32_t resume)
{
    uintptr_t resume_pc = (uintptr_t)shot.c->entry + resume;
    struct request q = shot.fire;
    q.resume_pc = resume_pc;
    struct verdict v = fire_once(&q, &(struct expectation){true, resume_pc});
    experiment_event(what, &v);
}

static const struct test_case *find_case(const char *name, size_t length)
{
    for (uint32_t k = 0; k < everypc_n_cases; k++)
        if (strlen(everypc_cases[k]->name) == length && memcmp(everypc_cases[k]->name, name, length) == 0)
            return with_other_marks(k);
    return NULL;
}

/* Finds what the id names; false if it is not a single shot of a case of this probe. */
static bool find(const struct options *o)
{
    unsigned offset, state;
    char rest;
    const char *at = strrchr(o->blame, '@');
    int n = at ? sscanf(at, "@+0x%x#%u%c", &offset, &state, &rest) : 0;
    if (n < 2 || (n == 3 && rest != ':') || state >= ALL_STATES) /* after a colon: what else was done */
        return false;
    const struct test_case *c = find_case(o->blame, (size_t)(at - o->blame));
    if (!c)
        return false;
    shot.c = c;
    shot.seed = o->seed;
    shot.without = o->without;
    shot.fire = o->fire;
    shot.state = (int)state;
    shot.visit = o->visit;
    shot.blocked = strstr(at, BLOCKED_ID) != NULL;
    for (shot.pc = 0; shot.pc < c->n_pcs; shot.pc++)
        if (c->pcs[shot.pc].offset == offset && c->pcs[shot.pc].reportable)
            return true;
    return false;
}

/* The signal, but the handler leaves the thread alone. */
static void spared(void)
{
    struct request q = shot.fire;
    q.scene = unwanted;
    struct verdict v = fire_once(&q, &(struct expectation){false, 0});
    experiment_event("spared", &v);
}

static struct options patient(const struct options *asked)
{
    struct options o = *asked;
    o.fire.patience_ms = SHORT_PATIENCE_MS;
    return o;
}

void blame_begin(const struct options *asked)
{
    struct options o = patient(asked);
    platform_test(&o);
    struct verdict v = sentinel(&o);
    experiment_event("sentinel", &v);
}

int blame(const struct options *asked)
{
    struct options o = patient(asked);
    struct verdict v;
    if (!find(&o) || !judge_layout(o.without, shot.c, &v) || !undisturbed() ||
        !pins_open(&shot.pins, shot.c, o.in_place))
        return 0;
    wild_begin(shot.c, !shot.pins.copies);
    spared();
    again();
    const struct case_pc *p = &shot.c->pcs[shot.pc];
    forced("here", p->offset);
    forced("restart", shot.c->progs[p->prog].offset);
    forced("entry", 0);
    wild_end();
    return 0;
}
