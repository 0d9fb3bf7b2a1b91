/* Trials: see truth.h. A trial that crashes or hangs refutes its action and breaks nothing: memory and
 * registers are set up anew before each. */
#include "truth.h"

#include <stdio.h>
#include <string.h>

#include "events.h"
#include "expectation.h"
#include "fire.h"
#include "oracle.h"
#include "return_oracle.h"
#include "roots_oracle.h"
#include "sp_oracle.h"
#include "wild.h"

enum {
    STATES = 4,     /* initial states that every PC is tried from; those from MAX_STATES on come on top */
    TRIAL_MS = 400, /* CPU time that a trial may take */
    VISITS = 2,     /* of a PC in a loop that are tried */
};

enum action { HERE, AT_START, AT_ENTRY, N_ACTIONS };
static const char *const action_names[] = {"resume here", "restart at the start of the Prog",
                                           "restart at the entry"};

enum finding { UNTRIED, HARMLESS, REFUTED };

struct trials {
    uint32_t target[N_ACTIONS]; /* offset of the resume PC */
    enum finding found[N_ACTIONS];
};

static struct trials tried[MAX_PCS];

/* The first action with the same resume PC: it is tried once for all of them. */
static enum action first_alike(const struct trials *t, enum action a)
{
    enum action first = HERE;
    while (t->target[first] != t->target[a])
        first++;
    return first;
}

static bool does_no_harm(const struct run *r, const struct shot *s, const struct state *out, char *why,
                         size_t n)
{
    struct verdict v;
    struct state_diff diff;
    bool astray = wild_mend();
    if (!judge_outcome(r->c, s, &v))
        snprintf(why, n, "%s", v.got);
    else if (s->decision.refusal == REFUSE_STACK)
        snprintf(why, n, "the stack pointer is off the stack");
    else if (s->broken_rule)
        snprintf(why, n, "the injected call is against the ABI: %s", s->broken_rule);
    else if (s->injected != 1)
        snprintf(why, n, "%u injected calls", (unsigned)s->injected);
    else if (!answered_once(r->c, s))
        snprintf(why, n, "the stack check calls morestack for a request that was answered");
    else if (astray)
        snprintf(why, n, "it wrote to the code");
    else if (sp_delta_at_pc(r->c, s) == SP_INEXACT)
        snprintf(why, n, "the SP-delta table does not say where SP is");
    else if (!judge_return(r->c, s, &v))
        snprintf(why, n, "the return address is not where an unwinder looks for it");
    else if (!judge_roots(r->c, s, &v))
        snprintf(why, n, "a pointer is in the link register alone, where a collector does not look");
    else if (!state_equal(&r->golden, out, &diff))
        snprintf(why, n, "%.60s, not %.60s", diff.got, diff.expected);
    else
        return true;
    return false;
}

static void unsound(struct run *r, uint32_t pc, uint32_t visit, enum action a, const char *why)
{
    struct verdict v = {.oracle = ORACLE_TRUTH};
    snprintf(v.expected, sizeof v.expected, "the table (%d) to forbid: %s",
             r->c->progs[r->c->pcs[pc].prog].value, action_names[a]);
    snprintf(v.got, sizeof v.got, "%.150s", why);
    snprintf(r->how, sizeof r->how, TRUTH_ID);
    run_fail(r, pc, visit, &v);
    *r->how = 0;
}

/* One trial; false if the PC is not visited that often. */
static bool try_action(struct run *r, uint32_t pc, uint32_t visit, enum action a)
{
    struct trials *t = &tried[pc];
    struct state out;
    struct shot s;
    char why[160];
    uintptr_t resume_pc = (uintptr_t)r->c->entry + t->target[a];
    memory_fill(r->c, r->o->seed, r->state);
    struct request q = r->fire;
    q.resume_pc = resume_pc;
    fire_pin(&q, &r->pins, pc, visit, &r->in, &out, &s);
    if (!s.landed)
        return false;
    r->t->trials++;
    bool before = t->found[a] == REFUTED, ok = does_no_harm(r, &s, &out, why, sizeof why);
    if (!before)
        t->found[a] = ok ? HARMLESS : REFUTED;
    struct expectation e = expected_decision(r->c, pc, s.lr_at);
    if (!ok && !before && e.inject && e.resume_pc == resume_pc)
        unsound(r, pc, visit, a, why);
    if (!ok && r->o->repro) {
        event_begin("trial");
        event_string("action", action_names[a]);
        event_number("resume", t->target[a]);
        event_string("refuted", why);
        event_end(0);
    }
    return true;
}

static void try_pc(struct run *r, uint32_t pc)
{
    struct trials *t = &tried[pc];
    uint32_t visits = r->c->pcs[pc].hop == NO_HOP ? 1 : VISITS;
    for (enum action a = HERE; a < N_ACTIONS; a++)
        for (uint32_t v = 1; first_alike(t, a) == a && t->found[a] != REFUTED && v <= visits; v++)
            if (!try_action(r, pc, v, a))
                break;
}

static void aim(const struct test_case *c, uint32_t pc)
{
    tried[pc] = (struct trials){.target = {c->pcs[pc].offset, restart_start(c, c->pcs[pc].prog), 0}};
}

/* Tries every PC, or only those untried so far, from state `k`. False if no run from it comes to its end. */
static bool try_from(struct run *r, int k, bool every)
{
    if (!run_golden(r, k))
        return false;
    for (uint32_t pc = 0; pc < r->c->n_pcs && !run_is_over(r); pc++)
        if (r->c->pcs[pc].reportable && (every || tried[pc].found[HERE] == UNTRIED))
            try_pc(r, pc);
    return true;
}

static bool all_tried(const struct test_case *c)
{
    for (uint32_t pc = 0; pc < c->n_pcs; pc++)
        if (c->pcs[pc].reportable && tried[pc].found[HERE] == UNTRIED)
            return false;
    return true;
}

static bool is_harmless(uint32_t pc, enum action a)
{
    return tried[pc].found[first_alike(&tried[pc], a)] == HARMLESS;
}

static void truth_event(const struct run *r, uint32_t pc)
{
    const struct case_prog *p = &r->c->progs[r->c->pcs[pc].prog];
    bool safe = is_harmless(pc, HERE), restartable = is_harmless(pc, AT_START);
    char at[16];
    snprintf(at, sizeof at, "+0x%x", (unsigned)r->c->pcs[pc].offset);
    event_begin("truth");
    event_string("case", r->c->name);
    event_string("pc", at);
    event_string("prog", p->text);
    event_signed("mark", p->value);
    event_string("truth", safe && restartable ? "both"
                          : safe              ? "safe"
                          : restartable       ? "restartable"
                                              : "neither");
    event_number("entry", is_harmless(pc, AT_ENTRY));
    event_end(0);
}

/* Holds the table against what was found, and counts. */
static void conclude(struct run *r)
{
    const struct test_case *c = r->c;
    uint32_t strict = 0, prog = UINT32_MAX;
    for (uint32_t pc = 0; pc < c->n_pcs; pc++) {
        if (!c->pcs[pc].reportable)
            continue;
        if (c->pcs[pc].prog != prog && strict > 0) {
            if (r->sink->strict)
                r->sink->strict(&c->progs[prog], strict);
            strict = 0;
        }
        prog = c->pcs[pc].prog;
        bool untried = tried[pc].found[HERE] == UNTRIED, allowed = expected_decision(c, pc, 0).inject;
        bool best = is_harmless(pc, HERE) || is_harmless(pc, AT_START) || is_harmless(pc, AT_ENTRY) ||
                    (untried && allowed);
        r->t->tried++;
        r->t->preemptible += allowed;
        r->t->without_restart += c->progs[prog].value == MARK_SAFE;
        r->t->at_best += best;
        r->t->strict += best && !allowed;
        strict += best && !allowed;
        if (best && !allowed)
            run_verdict(r, pc, PC_STRICT);
        if (r->o->verbose)
            truth_event(r, pc);
    }
    if (strict > 0 && r->sink->strict)
        r->sink->strict(&c->progs[prog], strict);
}

/* From here to trials_end the run's shots are trials; *before is how they were fired. */
static bool trials_begin(struct run *r, struct request *before)
{
    struct verdict v = {ORACLE_CRASH, "the code protected from trials",
                        "the system refuses, or it is too large"};
    *before = r->fire;
    if (wild_begin(r->c, !r->pins.copies)) {
        r->fire.patience_ms = TRIAL_MS;
        return true;
    }
    run_fail(r, UINT32_MAX, 1, &v);
    return false;
}

static void trials_end(struct run *r, const struct request *before)
{
    r->fire = *before;
    wild_end();
}

void truth_case(struct run *r)
{
    struct request before;
    for (uint32_t pc = 0; pc < r->c->n_pcs; pc++)
        aim(r->c, pc);
    if (!trials_begin(r, &before))
        return;
    for (int k = 0; k < STATES; k++)
        try_from(r, k, true);
    for (int k = MAX_STATES; k < STATE_UNALIGNED_1; k++)
        try_from(r, k, true);
    /* As little aligned as the case's instructions allow. */
    for (int k = STATE_UNALIGNED_1; state_is_unaligned(r->c, k) && k < ALL_STATES && !try_from(r, k, true);
         k++)
        ;
    for (int k = STATES; k < MAX_STATES && !all_tried(r->c); k++)
        try_from(r, k, false);
    trials_end(r, &before);
    conclude(r);
}

bool truth_resumes(struct run *r, uint32_t pc)
{
    struct request before;
    aim(r->c, pc);
    if (!trials_begin(r, &before))
        return false;
    for (int k = 0; k < N_STATES && run_golden(r, k); k++)
        try_action(r, pc, 1, HERE);
    trials_end(r, &before);
    return is_harmless(pc, HERE);
}

void truth_pc(struct run *r, uint32_t pc, int state)
{
    struct request before;
    aim(r->c, pc);
    if (!trials_begin(r, &before))
        return;
    if (run_golden(r, state))
        try_pc(r, pc);
    trials_end(r, &before);
    truth_event(r, pc);
}
