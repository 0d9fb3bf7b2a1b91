/* Signals in the injected call: which, from where, and in which process. See nested.h. */
#include "nested.h"

#include <stdio.h>
#include <string.h>

#include "events.h"
#include "expectation.h"
#include "fire.h"
#include "guard_cases.h"
#include "oracle.h"
#include "system.h"

enum { SMALL = 8 }; /* PCs of a case */

/* What second signals land in, and what is done with what is found. */
static struct stub_code code;
static const struct sink *sink;
static nested_witness *witness;

/* Passed from a trial's process to the one that waits for it. */
static struct shared {
    struct tally t;
    const struct test_case *c;
    uint32_t at;             /* the PC that it has come to */
    int found[MAX_STUB + 1]; /* what became of the trials at each, added up; and in the call */
} * shared;

/* A PC to land at first. */
struct sentinel {
    const struct test_case *c; /* null: none */
    uint32_t pc;
};

/* A run of this case in a trial. */
static struct run *begin(const struct options *o, const struct test_case *c)
{
    static struct run r;
    shared->c = c;
    run_begin(&r, o, sink, c, &shared->t);
    return &r;
}

/* In a small case: one that is refused, one that resumes where it is, or one that restarts elsewhere. */
enum kind { REFUSED, RESUMES, RESTARTS };

static struct sentinel find_sentinel(enum kind kind)
{
    struct sentinel s = {.c = NULL};
    for (uint32_t k = 0; k < everypc_n_cases; k++) {
        s.c = everypc_cases[k];
        for (s.pc = 0; s.pc < s.c->n_pcs && s.c->n_pcs <= SMALL; s.pc++) {
            struct expectation e = expected_decision(s.c, s.pc, 0);
            bool here = e.resume_pc == (uintptr_t)s.c->entry + s.c->pcs[s.pc].offset;
            if (s.c->pcs[s.pc].reportable && kind == (!e.inject ? REFUSED : here ? RESUMES : RESTARTS))
                return s;
        }
    }
    return (struct sentinel){.c = NULL};
}

static struct sentinel plain, restarting;

/* What each trial's process does: a first signal at these PCs, from these states. */
enum { MAX_FIRST = 3 };
static struct {
    struct sentinel at;
    int state;
} first[MAX_FIRST];
static uint32_t n_first;

static void choose_sentinels(void)
{
    plain = guard_base() ? (struct sentinel){guard_base(), 0} : find_sentinel(RESUMES);
    restarting = find_sentinel(RESTARTS);
    if (!plain.c)
        plain = restarting;
    first[0].at = first[1].at = plain;
    first[1].state = 1;
    first[2].at = restarting;
    n_first = restarting.c ? 3 : 2;
}

/* What the stub does at its first call only is done then. */
static void inject_once(const struct options *o)
{
    struct run *r = begin(o, plain.c);
    struct state out;
    struct shot shot;
    memory_fill(plain.c, o->seed, 0);
    state_fill(&r->in, plain.c, o->seed, 0);
    if (pins_open(&r->pins, plain.c, o->in_place))
        fire_pin(&r->fire, &r->pins, plain.pc, 1, &r->in, &out, &shot);
}

/* What a process's trials have in common: a run for each first signal. Null: its case has no golden run. */
static struct run *open_first(const struct options *o, uint32_t k)
{
    static struct run runs[MAX_FIRST];
    run_begin(&runs[k], o, sink, first[k].at.c, &shared->t);
    return trial_open(&runs[k], first[k].state) ? &runs[k] : NULL;
}

static int try_at(const struct options *o, struct run *const *runs, uint32_t where)
{
    const struct second_place at = {&code, where};
    if (trial_is_wide(&at))
        inject_once(o);
    int found = 0;
    for (uint32_t k = 0; k < n_first && !(found & TRIAL_FAILED); k++) {
        shared->c = first[k].at.c;
        if (runs[k])
            found |= trial_run(runs[k], first[k].at.pc, &at, witness);
    }
    return found;
}

/* In a process of its own: these PCs, until one fails. Where the stub's first call may be another than later
 * ones, one PC only, so that the first injection of the process's life is the one with a signal in it. */
struct these {
    const struct options *o;
    uint32_t from, to;
};

static int try_these(const void *data)
{
    const struct these *these = data;
    const struct options *o = these->o;
    struct run *runs[MAX_FIRST];
    if (!fire_begin())
        return 1;
    for (uint32_t k = 0; k < n_first; k++)
        runs[k] = open_first(o, k);
    for (uint32_t k = these->from; k <= these->to; k++) {
        shared->at = k;
        if (k < code.n && code.insns[k].in_slot)
            continue;
        shared->found[k] = try_at(o, runs, k);
        if (shared->found[k] & TRIAL_FAILED || everypc_stub_keeps)
            break;
    }
    return 0;
}

/* The next one behind the PCs of these that it comes to. */
static uint32_t try_apart(const struct options *o, uint32_t from, uint32_t to)
{
    const struct these these = {o, from, to};
    shared->at = from;
    struct apart a = system_apart(try_these, &these);
    if (a.lost || a.status != 0) {
        struct verdict v = {ORACLE_CRASH, "the process ends by itself", "it does not"};
        trial_fail(begin(o, plain.c), plain.pc, &(struct second_place){&code, shared->at}, &v);
        shared->found[shared->at] = TRIAL_FAILED;
    }
    return shared->at + 1;
}

/* All PCs of the stub, and the call; until the first failure. */
static bool try_all(const struct options *o, bool to_first_failure)
{
    bool failed = false;
    uint32_t k = 0;
    while (k < code.n && !(failed && to_first_failure)) {
        k = try_apart(o, k, code.n - 1);
        failed |= shared->found[k - 1] & TRIAL_FAILED;
    }
    if (!failed || !to_first_failure)
        try_apart(o, IN_CALL, IN_CALL);
    return failed || shared->found[IN_CALL] & TRIAL_FAILED;
}

static bool is_hit(uint32_t k)
{
    return shared->found[k] & TRIAL_HIT;
}

static void nested_event(uint32_t pcs, uint32_t covered, uint32_t skipped)
{
    event_begin("nested");
    event_number("stub_pcs", pcs - skipped);
    event_number("stub_covered", covered);
    event_number("stub_skipped", skipped);
    event_list("skipped");
    for (uint32_t k = 0; k < everypc_n_stub; k++) {
        char at[24];
        snprintf(at, sizeof at, "+0x%x", everypc_stub[k].offset);
        if (!is_hit(k) && !everypc_stub[k].in_slot)
            event_item(at);
    }
    event_list_end();
    event_end(1);
}

/* PCs that no run came to are left out by the CPU where a jump leads around them; else the failure is ours.
 */
static void report_coverage(const struct options *o)
{
    uint32_t pcs = 0, covered = 0, skipped = 0;
    bool around = false;
    for (uint32_t k = 0; k < everypc_n_stub; k++) {
        if (everypc_stub[k].in_slot)
            continue;
        pcs++;
        covered += is_hit(k);
        around = !is_hit(k) && (around || (k > 0 && everypc_stub[k - 1].is_jump));
        skipped += around;
        if (is_hit(k) || around)
            continue;
        struct verdict v = {ORACLE_COVERAGE, "it lands", "it never did"};
        trial_fail(begin(o, plain.c), plain.pc, &(struct second_place){&code, k}, &v);
    }
    nested_event(pcs, covered, skipped);
}

bool stub_set_access(enum access access)
{
    uintptr_t page = system_page(), begin = (uintptr_t)async_preempt & ~(page - 1);
    size_t bytes = ((uintptr_t)async_preempt_end + PIN_SIZE - begin + page - 1) & ~(page - 1);
    return system_protect(begin, begin + bytes, access);
}

/* False if there is nothing to try. */
static bool set_up(const struct stub_code *in, const struct sink *to, nested_witness *seen)
{
    code = in ? *in
              : (struct stub_code){"async_preempt", (const uint8_t *)async_preempt, everypc_stub,
                                   everypc_n_stub};
    sink = to;
    witness = seen;
    choose_sentinels();
    if (!shared)
        shared = system_map_shared(sizeof *shared);
    if (!shared || code.n > MAX_STUB || !stub_set_access(ACCESS_ALL)) {
        fprintf(stderr,
                "probe: no signals in the injected call: it is too long, or its code can't be written\n");
        return false;
    }
    *shared = (struct shared){.c = NULL};
    return plain.c != NULL;
}

/* Under an emulator each trial's process translates what none before the fork has run. A signal that is
 * refused runs all that they have in common but the stub, whose first call is theirs. */
static void warm_up(const struct options *o)
{
    struct sentinel at = find_sentinel(REFUSED);
    struct state out;
    struct shot shot;
    if (!at.c)
        return;
    struct run *r = begin(o, at.c);
    if (!pins_open(&r->pins, at.c, o->in_place) || !run_golden(r, 0))
        return;
    memory_fill(at.c, o->seed, 0);
    fire_pin(&r->fire, &r->pins, at.pc, 1, &r->in, &out, &shot);
    struct verdict v;
    judge_shot(o->without, at.c, &shot, &r->golden, &out, &v);
}

void nested_run(const struct options *o, nested_witness *seen)
{
    if (!set_up(NULL, &to_events, seen))
        return;
    warm_up(o);
    try_all(o, false);
    stub_set_access(ACCESS_CODE);
    report_coverage(o);
}

const struct test_case *nested_find(const struct options *o, const struct stub_code *in, struct tally *t)
{
    static const struct sink first_failure = {.first_only = true};
    if (!oracle_is_on(o->without, ORACLE_NESTED) || !set_up(in, &first_failure, NULL))
        return NULL;
    n_first = 1; /* enough for those who ask often */
    bool failed = try_all(o, true);
    *t = shared->t;
    return failed && t->failures ? shared->c : NULL;
}

bool is_nested(const char *how)
{
    return strcmp(how, NESTED_CALL_ID) == 0 || strncmp(how, NESTED_ID, strlen(NESTED_ID)) == 0;
}

/* The index of the PC that an id names; code.n if it names none. */
static uint32_t place(const char *how)
{
    unsigned offset;
    uint32_t k = 0;
    if (strcmp(how, NESTED_CALL_ID) == 0)
        return IN_CALL;
    if (sscanf(how, NESTED_ID "%x", &offset) != 1)
        return code.n;
    while (k < code.n && (code.insns[k].offset != offset || code.insns[k].in_slot))
        k++;
    return k;
}

bool nested_repro(const struct options *o, const struct test_case *c, uint32_t pc, int state, const char *how)
{
    if (!set_up(NULL, &to_events, NULL) || place(how) == code.n)
        return false;
    first[0].at = (struct sentinel){c, pc};
    first[0].state = state;
    n_first = 1;
    try_apart(o, place(how), place(how));
    int found = shared->found[place(how)];
    event_begin("shot");
    event_string("case", c->name);
    event_string("second", how);
    event_string("verdict", found & TRIAL_FAILED ? "nested"
                            : found & TRIAL_HIT  ? "ok"
                                                 : "the second signal did not land");
    event_end(1);
    return true;
}
