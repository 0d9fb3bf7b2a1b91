/* One run over all cases: see whole_run.h. */
#include "whole_run.h"

#include <inttypes.h>
#include <stdio.h>

#include "bench.h"
#include "check.h"
#include "clock.h"
#include "events.h"
#include "fire.h"
#include "guard_cases.h"
#include "injectability.h"
#include "nested.h"
#include "other_marks.h"
#include "platform.h"
#include "thorough.h"

enum { FLOOR_FIRST = 16, FLOOR_SHOTS = 4, FLOOR_EVERY = 32 };

/* Bare timer signals, measured all along the run that they are compared with. */
static struct samples floor_total;

static void measure_floor(uint32_t shots)
{
    samples_add(&floor_total, time_floor(shots), shots);
}

uint32_t n_cases(void)
{
    return everypc_n_cases + guard_count();
}

const struct test_case *nth_case(uint32_t k)
{
    return k < everypc_n_cases ? with_other_marks(k) : guard_case(k - everypc_n_cases);
}

/* What the driver compares between targets. */
static void add_values(const struct test_case *c, const struct values *v)
{
    uint64_t hash, hash64;
    char text[20];
    if (!values_hash(c, v, &hash, &hash64))
        return;
    snprintf(text, sizeof text, "%016" PRIx64, hash);
    event_string("values", text);
    snprintf(text, sizeof text, "%016" PRIx64, hash64);
    if (hash64)
        event_string("values64", text);
}

static char *hexadecimal(char *at, uint32_t value)
{
    int shift = 0;
    while (shift < 28 && value >> (shift + 4))
        shift += 4;
    for (; shift >= 0; shift -= 4)
        *at++ = "0123456789abcdef"[value >> shift & 15];
    return at;
}

/* What came of each PC, and where the PCs are: "0 4 a", in bytes, hexadecimal. */
static void add_pcs(const struct test_case *c, const struct tally *t)
{
    enum { MAX_WIDTH = 9 }; /* of an offset and the space before it */
    static char offsets[MAX_WIDTH * MAX_PCS + 1];
    char *at = offsets;
    for (uint32_t k = 0; k < c->n_pcs && k < MAX_PCS; k++) {
        if (k)
            *at++ = ' ';
        at = hexadecimal(at, c->pcs[k].offset);
    }
    *at = 0;
    event_string("offsets", offsets);
    event_string("verdicts", t->verdicts);
}

/* What --depth full found. */
static void add_depth(const struct tally *t)
{
    event_number("trials", t->trials);
    event_number("pairs", t->pairs);
    event_number("pairs_of", t->pairs_of);
    event_number("progress", t->progress);
    event_number("strict_pcs", t->strict);
    event_number("tried", t->tried);
    event_number("preemptible", t->preemptible);
    event_number("without_restart", t->without_restart);
    event_number("at_best", t->at_best);
}

/* Reports what the cases came to so far: a run that continues behind this one is given it again. */
static void count_injectable(const struct test_case *c, enum injectability i, struct injectable_cases *all)
{
    struct injectable_cases before = *all;
    injectable_count(all, c, i);
    if (before.did == all->did && before.could == all->could)
        return;
    event_begin("injectable");
    event_number("injected", all->did);
    event_number("injectable", all->could);
    event_end(0);
}

static void run_case(const struct options *o, const struct test_case *c, uint32_t index, struct tally *sum,
                     struct injectable_cases *injectable)
{
    struct tally t;
    event_begin("begin");
    event_number("index", index);
    event_string("case", c->name);
    event_number("pcs", c->n_pcs);
    event_end(1);
    check_case(o, c, &to_events, &t);
    count_injectable(c, t.injectability, injectable);
    event_begin("case");
    event_number("index", index);
    event_string("case", c->name);
    event_number("progs", c->n_progs);
    event_number("pcs", t.pcs);
    event_number("reportable", t.reportable);
    event_number("covered", t.covered);
    event_number("shots", t.shots);
    event_number("resumed", t.resumed);
    event_number("restarted", t.restarted);
    event_number("entry_restarted", t.entry_restarted);
    event_number("refused", t.refused);
    event_number("sp_inexact", t.sp_inexact);
    event_number("sp_unknown", t.sp_unknown);
    event_number("failures", t.failures);
    add_pcs(c, &t);
    if (o->full)
        add_depth(&t);
    add_values(c, &t.values);
    event_end(0);
    sum->shots += t.shots;
    sum->shot_ns += t.shot_ns;
    sum->pinned += t.pinned;
}

static void start_event(const struct options *o, uint32_t n)
{
    char shard[32];
    snprintf(shard, sizeof shard, "%u/%u", (unsigned)o->shard, (unsigned)o->shards);
    event_begin("start");
    event_number("schema", 1);
    event_string("target", EVERYPC_TARGET);
    event_string("mode", o->free_mode ? "free" : "pin");
    event_number("seed", o->seed);
    event_string("shard", shard);
    event_number("cases", n);
    event_number("from", o->from);
    event_end(1);
    for (const char *const *s = everypc_skipped; o->from == 0 && o->shard == 1 && *s; s += 2) {
        event_begin("skip");
        event_string("what", s[0]);
        event_string("why", s[1]);
        event_end(0);
    }
}

/* What only the run as a whole shows. */
static void report_liveness(const struct options *o, const struct injectable_cases *injectable)
{
    struct verdict v = judge_liveness(o->without, injectable);
    if (!v.oracle)
        return;
    event_begin("fail");
    event_string("id", EVERYPC_TARGET "/-");
    event_string("oracle", oracle_name(v.oracle));
    event_string("expected", v.expected);
    event_string("got", v.got);
    event_end(1);
}

int check_all(const struct options *o, const struct chosen *cases, uint32_t n)
{
    struct tally sum = {0};
    struct injectable_cases injectable = {.could = o->injectable, .did = o->injected};
    uint64_t begun = now_ns();
    start_event(o, n);
    platform_test(o);
    if (o->full && o->shard == 1 && o->from == 0 && !o->free_mode && oracle_is_on(o->without, ORACLE_NESTED))
        nested_run(o, NULL);
    thorough_test(o); /* after it, as it injects a call: what the stub does at its first one only is to be
                         tried above */
    for (uint32_t k = 0; k < n; k++) {
        if (cases[k].index < o->from)
            continue;
        if (k % FLOOR_EVERY == 0 && !o->free_mode)
            measure_floor(k == 0 ? FLOOR_FIRST : FLOOR_SHOTS);
        run_case(o, cases[k].c, cases[k].index, &sum, &injectable);
    }
    report_liveness(o, &injectable);
    event_begin("end");
    event_number("shots", sum.shots);
    event_number("wall_ns", now_ns() - begun);
    event_number("shot_ns", samples_mean(&(struct samples){sum.shot_ns, sum.pinned}));
    event_number("floor_ns", samples_mean(&floor_total));
    event_number("early", fire_early());
    event_end(1);
    return 0;
}
