/* One case: its golden runs, held against the values that they must end with; then a shot at every PC, at its
 * first, second and last visit, from every initial state; each shot judged, each failure reported. */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "blocked.h"
#include "clock.h"
#include "events.h"
#include "expectation.h"
#include "explain.h"
#include "fire.h"
#include "guard_cases.h"
#include "injectability.h"
#include "nested.h"
#include "oracle.h"
#include "pairs.h"
#include "sp_oracle.h"
#include "system.h"
#include "truth.h"

enum { MAX_VISITS = 256 }; /* of one PC that are counted */

/* The golden run from state `k`, held against all that is known of it. False if it is of no use. */
static bool golden_from(struct run *r, int k)
{
    struct shot s;
    run_golden_shot(r, k, &s);
    struct verdict v;
    if (judge_outcome(r->c, &s, &v)) {
        v = judge_values(r->c, (uint32_t)k, &r->golden.on[0], &r->t->values);
        if (v.oracle)
            run_fail(r, UINT32_MAX, 1, &v);
        return true;
    }
    r->no_state = v;
    if (r->c->flags & CASE_FOREIGN)
        return false;
    char got[160];
    snprintf(got, sizeof got, "without any signal: %.120s", v.got);
    run_fail_text(r, UINT32_MAX, v.oracle, v.expected, got);
    r->broken = true;
    return false;
}

static void count_shot(struct run *r, const struct shot *s)
{
    struct tally *t = r->t;
    t->shots++;
    if (!r->covered[s->pc]) {
        enum sp_finding sp = sp_delta_at_pc(r->c, s);
        r->covered[s->pc] = true;
        t->covered++;
        t->sp_inexact += sp == SP_INEXACT && s->decision.refusal != INJECT;
        t->sp_unknown += sp == SP_UNKNOWN;
    }
    r->seen[s->pc] |= UINT64_C(1) << r->state;
    r->injections += s->injected;
    if (s->decision.refusal != INJECT)
        t->refused++, run_verdict(r, s->pc, PC_REFUSED);
    else if (r->c->progs[r->c->pcs[s->pc].prog].value == MARK_ENTRY)
        t->entry_restarted++, run_verdict(r, s->pc, PC_ENTRY);
    else if (s->resume_pc == s->pc_at)
        t->resumed++, run_verdict(r, s->pc, PC_RESUME);
    else
        t->restarted++, run_verdict(r, s->pc, PC_RESTART);
}

static void shot_event(const struct run *r, const struct shot *s, uint32_t visit, const struct verdict *v)
{
    char pc[32];
    snprintf(pc, sizeof pc, "+0x%x", (unsigned)r->c->pcs[s->pc].offset);
    event_begin("shot");
    event_string("case", r->c->name);
    event_string("pc", pc);
    event_number("state", (uint64_t)r->state);
    event_number("visit", visit);
    if (s->decision.refusal == INJECT) {
        snprintf(pc, sizeof pc, "%+lld", (long long)(s->resume_pc - (uintptr_t)r->c->entry));
        event_string("resume", pc);
    } else {
        event_number("refusal", s->decision.refusal);
        event_string("refused", refusal_text(s->decision.refusal));
    }
    event_string("verdict", oracle_name(v->oracle));
    event_end(0);
}

static void judge(const struct run *r, const struct shot *s, const struct state *out, struct verdict *v)
{
    if (r->guard)
        judge_shot_as(r->o->without, guard_expects(r->c, s), r->c, s, &r->golden, out, v);
    else
        judge_shot(r->o->without, r->c, s, &r->golden, out, v);
}

/* What push_call did, how the run ended and, if nothing is to be said of that, what came of the shot. */
static void judge_end(const struct run *r, const struct shot *s, const struct state *out, struct verdict *v)
{
    if (judge_push_call(r->o->without, s, v) &&
        (judge_outcome(r->c, s, v) || !oracle_is_on(r->o->without, v->oracle)))
        judge(r, s, out, v);
}

/* In an explanation, also how a run ended that something else is wrong with: state_equal is observed. */
static void compare_anyway(const struct run *r, const struct shot *s, const struct state *out,
                           const struct verdict *v)
{
    struct state_diff diff;
    if (r->o->explain && v->oracle != NO_ORACLE && v->oracle != ORACLE_STATE && s->outcome == RUN_LEFT)
        state_equal(&r->golden, out, &diff);
}

/* What came of a shot. */
static void take(struct run *r, const struct shot *s, const struct state *out, uint32_t visit)
{
    struct verdict v;
    judge_end(r, s, out, &v);
    compare_anyway(r, s, out, &v);
    r->t->hung |= s->outcome == RUN_HUNG;
    count_shot(r, s);
    if (s->outcome == RUN_HUNG || (v.oracle && s->outcome != RUN_LEFT))
        r->broken = true;
    if (v.oracle)
        run_fail(r, s->pc, visit, &v);
    if (r->o->verbose)
        shot_event(r, s, visit, &v);
}

/* One shot; false if the PC is not visited that often. */
static bool shoot(struct run *r, uint32_t pc, uint32_t visit)
{
    struct state out;
    struct shot s;
    uint64_t start = now_ns();
    memory_fill(r->c, r->o->seed, r->state);
    fire_pin(&r->fire, &r->pins, pc, visit, &r->in, &out, &s);
    if (!s.landed) /* not reached; if the run broke off, the pin did it: nothing under test has run yet */
        return false;
    if (!(r->c->flags & CASE_BLOCKS)) { /* whose shots take as long as the call */
        r->t->shot_ns += now_ns() - start;
        r->t->pinned++;
    }
    take(r, &s, &out, visit);
    return true;
}

/* A signal in the system call that the PC is at, if it is at one. */
static void shoot_blocked(struct run *r, uint32_t pc)
{
    struct state out;
    struct shot s;
    if (r->broken || r->c->pcs[pc].call == NO_CALL)
        return;
    snprintf(r->how, sizeof r->how, BLOCKED_ID);
    if (blocked_fire(r, pc, &out, &s))
        take(r, &s, &out, 1);
    r->how[0] = 0;
}

/* Whether traps may count here: the run ended as without a signal. */
static bool count(struct run *r, uint32_t pc, bool no_traps, struct shot *s)
{
    struct state out;
    r->pins.no_traps = no_traps;
    memory_fill(r->c, r->o->seed, r->state);
    fire_pin(&r->fire, &r->pins, pc, MAX_VISITS, &r->in, &out, s);
    return !system_traps_on_stack() || (s->outcome == RUN_LEFT && state_as_golden(&r->golden, &out));
}

/* How often a PC in a loop is reached from this state. Where the counting itself keeps the loop going (each
 * signal makes a store-exclusive fail), or it is too long, there is a second visit but no last one. */
static uint32_t count_visits(struct run *r, uint32_t pc)
{
    struct shot s;
    if (!count(r, pc, false, &s))
        count(r, pc, true, &s);
    return s.outcome != RUN_LEFT ? 1 : s.landed ? 2 : s.visits;
}

static void pin_pc(struct run *r, uint32_t pc)
{
    if (!shoot(r, pc, 1))
        return;
    shoot_blocked(r, pc);
    if (r->broken || r->c->pcs[pc].hop == NO_HOP)
        return;
    uint32_t visits = count_visits(r, pc);
    if (visits >= 2)
        shoot(r, pc, 2);
    if (visits > 2 && !r->broken)
        shoot(r, pc, visits);
    r->pins.no_traps = false;
}

static uint32_t reportable(const struct test_case *c)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < c->n_pcs; k++)
        n += c->pcs[k].reportable;
    return n;
}

static void pin_case(struct run *r)
{
    const struct test_case *c = r->c;
    if (!pins_open(&r->pins, c, r->o->in_place)) {
        run_fail_text(r, UINT32_MAX, ORACLE_CRASH, "memory for the pinned copies", "none");
        return;
    }
    for (int k = 0; k < MAX_STATES && !r->broken; k++) {
        if (k >= N_STATES && r->t->covered == r->t->reportable)
            break;
        if (!golden_from(r, k))
            continue;
        for (uint32_t pc = 0; pc < c->n_pcs && !r->broken; pc++)
            if (c->pcs[pc].reportable && (k < N_STATES || !r->covered[pc]))
                pin_pc(r, pc);
    }
}

/* Signals at random moments until every PC was hit or the budget is used up. */
static void free_case(struct run *r)
{
    uint64_t deadline = now_ns() + (uint64_t)(r->o->budget * 1e9);
    uint64_t random = r->o->seed * 2 + 1;
    uint64_t signals = 0;
    bool due = false;
    int k = -1;
    for (int v = 0; v < CASE_VARIANTS && r->c->n_expects; v++)
        golden_from(r, v); /* the values of all variants, however soon every PC is hit */
    while (!r->broken && r->t->covered < r->t->reportable && now_ns() < deadline) {
        if (!due && (k < 0 || signals % 32 == 0)) {
            k = (k + 1) % (signals < 2000 ? N_STATES : MAX_STATES);
            if (!golden_from(r, k))
                continue;
        }
        struct state out;
        struct shot s;
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        uint64_t delay = 10000 + (random >> 33) % 60000;
        memory_fill(r->c, r->o->seed, r->state);
        fire_free(&r->fire, r->c, delay, !due, &r->in, &out, &s);
        due = fire_free_pending();
        signals += !due;
        struct verdict v;
        if (s.landed)
            judge_end(r, &s, &out, &v);
        else
            judge_outcome(r->c, &s, &v);
        r->broken = s.outcome != RUN_LEFT;
        if (s.landed)
            count_shot(r, &s);
        if (v.oracle)
            run_fail(r, s.pc, 1, &v);
    }
}

/* Of the case, and what it adds to the run's. */
static void check_liveness(struct run *r)
{
    bool may = false;
    for (uint32_t k = 0; k < r->c->n_progs; k++)
        may |= r->c->progs[k].value != MARK_UNSAFE;
    r->t->injectability = r->injections > 0 ? INJECTED : NOT_INJECTED;
    if (may && r->injections == 0)
        run_fail_text(r, UINT32_MAX, ORACLE_LIVENESS, "an injected call", "none, though the table allows it");
    else if (r->injections == 0 && could_be_injected(r))
        r->t->injectability = INJECTABLE;
}

static void leave_out(struct run *r, const char *why)
{
    event_begin("skip");
    event_string("what", r->c->name);
    event_string("why", why);
    event_end(0);
    r->t->reportable = 0;
}

/* Whether a foreign case comes to its end from no initial state: there is nothing to check. */
static bool has_no_state(struct run *r)
{
    if (!r->no_state.oracle || r->t->shots > 0 || r->broken)
        return false;
    char why[200];
    snprintf(why, sizeof why, "without any signal: %.160s", r->no_state.got);
    leave_out(r, why);
    return true;
}

/* Whether it blocks, and almost all signals at random moments would come in its system call. */
static bool is_out_of_reach(struct run *r)
{
    if (!r->o->free_mode || !(r->c->flags & CASE_BLOCKS))
        return false;
    leave_out(r, "it blocks in a system call; mode pin sends signals there and to all other PCs");
    return true;
}

/* What --depth full adds. */
static void deep(struct run *r)
{
    if (r->guard || r->o->free_mode || !r->pins.c || run_is_over(r))
        return;
    r->reported = 0;
    if (oracle_is_on(r->o->without, ORACLE_TRUTH))
        truth_case(r);
    if (r->t->failures == 0 && oracle_is_on(r->o->without, ORACLE_PAIRS))
        pairs_case(r);
}

/* A run of the case, fired in its scene if it is a guard. */
static void begin(struct run *r, const struct options *o, const struct sink *sink, const struct test_case *c,
                  struct tally *t)
{
    run_begin(r, o, sink, c, t);
    *t = (struct tally){.pcs = c->n_pcs, .reportable = reportable(c)};
    r->guard = guard_scene(c, &r->fire);
    for (uint32_t k = 0; k < c->n_pcs; k++)
        run_verdict(r, k, c->pcs[k].reportable ? PC_MISSED : PC_UNREPORTED);
}

void check_case(const struct options *o, const struct test_case *c, const struct sink *sink, struct tally *t)
{
    static struct run r;
    begin(&r, o, sink, c, t);
    if (is_out_of_reach(&r))
        return;
    struct verdict v;
    judge_layout(o->without, c, &v);
    if (c->n_pcs > MAX_PCS)
        run_fail_text(&r, UINT32_MAX, ORACLE_LAYOUT, "at most 2048 PCs", "more");
    else if (v.oracle)
        run_fail(&r, UINT32_MAX, 1, &v);
    else if (o->free_mode)
        free_case(&r);
    else
        pin_case(&r);
    if (has_no_state(&r))
        return;
    if (o->full)
        deep(&r);
    if (t->failures || r.broken) /* without failures: by what is left out */
        return;
    for (uint32_t k = 0; k < c->n_pcs; k++)
        if (c->pcs[k].reportable && !r.covered[k])
            run_fail_text(&r, k, ORACLE_COVERAGE, "a signal at this PC", "none in any initial state");
    if (!r.guard)
        check_liveness(&r);
}

bool check_repro(const struct options *o, const struct test_case *c, uint32_t offset, uint32_t state,
                 const char *how)
{
    static struct run r;
    static struct tally t;
    struct options verbose = *o;
    verbose.verbose = true;
    begin(&r, &verbose, &to_events, c, &t);
    uint32_t pc = 0;
    while (pc < c->n_pcs && c->pcs[pc].offset != offset)
        pc++;
    if (pc == c->n_pcs || state >= ALL_STATES || !c->pcs[pc].reportable)
        return false;
    if (o->explain)
        explain_case(c);
    if (is_nested(how))
        return nested_repro(o, c, pc, (int)state, how);
    if (!pins_open(&r.pins, c, o->in_place) || !golden_from(&r, (int)state))
        return true;
    if (strcmp(how, BLOCKED_ID) == 0)
        return shoot_blocked(&r, blocked_call(c, pc)), true;
    pin_pc(&r, pc);
    if (!r.covered[pc] && !r.broken)
        run_fail_text(&r, pc, ORACLE_COVERAGE, "a signal at this PC", "it is not reached from this state");
    if (strcmp(how, TRUTH_ID) == 0 || (!*how && o->full))
        truth_pc(&r, pc, (int)state);
    else if (*how)
        return pairs_repro(&r, pc, how);
    if (!*how && o->full && r.covered[pc] && t.failures == 0)
        pairs_pc(&r, pc);
    return true;
}
