/* Pairs and signals in a row: see pairs.h. */
#include "pairs.h"

#include <stdio.h>
#include <string.h>

#include "expectation.h"
#include "fire.h"
#include "oracle.h"
#include "wild.h"

enum {
    ALL_PAIRS_PCS = 24, /* PCs of a case whose every pair is run; of larger ones a sample */
    SAMPLE = 256,       /* pairs, about */
    IN_A_ROW = 16,      /* signals at one PC */
    SERIES_MS = 2000,   /* CPU time that a run may take */
};

/* Where the thread resumes after a signal at PC `a`, as an offset. */
static uint32_t resumes_at(const struct test_case *c, uint32_t a)
{
    struct expectation e = expected_decision(c, a, 0);
    return e.inject ? (uint32_t)(e.resume_pc - (uintptr_t)c->entry) : c->pcs[a].offset;
}

static bool is_under_pin(const struct test_case *c, uint32_t offset, uint32_t pinned)
{
    return offset > c->pcs[pinned].offset && offset - c->pcs[pinned].offset < PIN_SIZE;
}

/* Whether a pin at `b` lies over the beginning of another instruction, to which the thread might branch. */
static bool is_wide(const struct test_case *c, uint32_t b)
{
    return b + 1 < c->n_pcs && is_under_pin(c, c->pcs[b + 1].offset, b);
}

/* The pins by which PC `b` may be met after a signal at `a`, itself and its hop, into via[]; how many. None
 * if the thread does not come there: it has passed it, and is in no loop. */
static uint32_t ways_to(const struct test_case *c, uint32_t a, uint32_t b, uint32_t via[2])
{
    uint32_t from = resumes_at(c, a), hop = c->pcs[b].hop, n = 0;
    if (!c->pcs[b].reportable || (hop == NO_HOP && from > c->pcs[b].offset))
        return 0;
    if (!is_under_pin(c, from, b))
        via[n++] = b;
    if (hop != NO_HOP && !is_under_pin(c, from, hop))
        via[n++] = hop;
    return n;
}

static bool is_pair(const struct test_case *c, uint32_t a, uint32_t b)
{
    uint32_t via[2];
    return ways_to(c, a, b, via) > 0;
}

/* The initial state for a first signal at PC `a`: the states take turns where more than one reaches it. */
static int state_for(const struct run *r, uint32_t a, uint32_t turn)
{
    int k = (int)(turn % N_STATES);
    if (r->seen[a] >> k & 1)
        return k;
    for (k = 0; k < MAX_STATES - 1 && !(r->seen[a] >> k & 1); k++)
        ;
    return k;
}

static void fail_series(struct run *r, uint32_t a, const char *series, const struct verdict *why)
{
    struct verdict v = {.oracle = ORACLE_PAIRS};
    snprintf(v.expected, sizeof v.expected, "%s: %.110s", series, why->expected);
    snprintf(v.got, sizeof v.got, "%s: %.140s", oracle_name(why->oracle), why->got);
    run_fail(r, a, 1, &v);
    r->broken |= why->oracle == ORACLE_HANG;
}

/* Shot k of a series, as if it had been the only one. */
static struct shot alone(const struct shot *shots, uint32_t n, uint32_t k)
{
    struct shot s = shots[k];
    uint32_t after = k + 1 < n && shots[k + 1].landed ? shots[k + 1].before : shots[0].injected;
    s.injected = after - s.before;
    s.broken_rule = shots[0].broken_rule;
    s.pc_at -= s.moved;
    s.resume_pc -= s.decision.refusal == INJECT ? s.moved : 0;
    s.decision.resume_pc -= s.decision.refusal == INJECT ? s.moved : 0;
    return s;
}

/* Runs a series from the state that `r` is in, and judges each of its signals. */
static struct verdict run_series(struct run *r, const struct aim *aims, uint32_t n)
{
    static struct shot shots[IN_A_ROW];
    struct request q = r->fire;
    struct state out;
    struct verdict v = {.oracle = NO_ORACLE};
    q.patience_ms = SERIES_MS;
    memory_fill(r->c, r->o->seed, r->state);
    fire_series(&q, &r->pins, aims, n, &r->in, &out, shots);
    if (shots[0].landed && !shots[1].landed && is_wide(r->c, aims[1].pc))
        return v; /* no more than a run with one signal, which may have branched to what lies under the
                     pin */
    for (uint32_t k = 0; k < n && !v.oracle; k++)
        judge_outcome(r->c, &shots[k], &v);
    for (uint32_t k = 0; k < n && shots[k].landed && !v.oracle; k++) {
        struct shot s = alone(shots, n, k);
        bool last = k + 1 == n || !shots[k + 1].landed;
        judge_shot(r->o->without, r->c, &s, last ? &r->golden : NULL, &out, &v);
    }
    return v;
}

static void run_pair(struct run *r, uint32_t a, uint32_t b)
{
    char series[40];
    uint32_t via[2], ways = ways_to(r->c, a, b, via);
    struct verdict v = {.oracle = NO_ORACLE};
    for (uint32_t k = 0; k < ways && (k == 0 || v.oracle); k++)
        v = run_series(r, (struct aim[]){{a, a}, {b, via[k]}}, 2);
    snprintf(r->how, sizeof r->how, PAIR_ID "%x", (unsigned)r->c->pcs[b].offset);
    snprintf(series, sizeof series, "then a signal at +0x%x", (unsigned)r->c->pcs[b].offset);
    r->t->pairs++;
    if (v.oracle)
        fail_series(r, a, series, &v);
    *r->how = 0;
}

static void run_progress(struct run *r, uint32_t a)
{
    struct aim aims[IN_A_ROW];
    for (uint32_t k = 0; k < IN_A_ROW; k++)
        aims[k] = (struct aim){a, a};
    r->t->progress++;
    struct verdict v = run_series(r, aims, IN_A_ROW);
    snprintf(r->how, sizeof r->how, PROGRESS_ID);
    if (v.oracle)
        fail_series(r, a, "16 signals in a row", &v);
    *r->how = 0;
}

static uint64_t mix(uint64_t z)
{
    z = (z + UINT64_C(0x9e3779b97f4a7c15)) * UINT64_C(0xbf58476d1ce4e5b9);
    return z ^ z >> 29;
}

static bool is_chosen(const struct run *r, uint32_t a, uint32_t b)
{
    uint32_t n = r->c->n_pcs;
    return n <= ALL_PAIRS_PCS || mix(mix(r->o->seed) ^ (a * n + b)) % r->t->pairs_of < SAMPLE;
}

static void count_pairs(struct run *r)
{
    for (uint32_t a = 0; a < r->c->n_pcs; a++)
        for (uint32_t b = 0; b < r->c->n_pcs; b++)
            r->t->pairs_of += r->seen[a] && is_pair(r->c, a, b);
}

/* All that begins at PC `a` and is to run from initial state `k`. */
static void from_pc(struct run *r, uint32_t a, int k)
{
    for (uint32_t b = 0; b < r->c->n_pcs && !r->broken; b++)
        if (is_pair(r->c, a, b) && state_for(r, a, a + b) == k && is_chosen(r, a, b))
            run_pair(r, a, b);
    if (state_for(r, a, a) == k && expected_decision(r->c, a, 0).inject && !r->broken)
        run_progress(r, a);
}

void pairs_case(struct run *r)
{
    uint64_t states = 0;
    count_pairs(r);
    for (uint32_t a = 0; a < r->c->n_pcs; a++)
        states |= r->seen[a];
    if (!wild_begin(r->c, !r->pins.copies))
        return;
    for (int k = 0; k < MAX_STATES && !r->broken; k++) {
        if (!(states >> k & 1) || !run_golden(r, k))
            continue;
        for (uint32_t a = 0; a < r->c->n_pcs && !r->broken; a++)
            if (r->seen[a])
                from_pc(r, a, k);
    }
    wild_end();
}

void pairs_pc(struct run *r, uint32_t a)
{
    for (uint32_t b = 0; b < r->c->n_pcs && !r->broken; b++)
        if (is_pair(r->c, a, b))
            run_pair(r, a, b);
    if (expected_decision(r->c, a, 0).inject && !r->broken)
        run_progress(r, a);
}

bool pairs_repro(struct run *r, uint32_t a, const char *how)
{
    unsigned offset = 0;
    bool is_progress = strcmp(how, PROGRESS_ID) == 0;
    uint32_t b = is_progress ? a : 0;
    if (!is_progress && sscanf(how, PAIR_ID "%x", &offset) != 1)
        return false;
    while (!is_progress && b < r->c->n_pcs && r->c->pcs[b].offset != offset)
        b++;
    if (b == r->c->n_pcs || (!is_progress && !is_pair(r->c, a, b)))
        return false;
    if (is_progress)
        run_progress(r, a);
    else
        run_pair(r, a, b);
    return true;
}
