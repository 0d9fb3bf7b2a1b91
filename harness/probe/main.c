/* The probe: one static binary a target that holds the cases and fires the shots. */
#include <fnmatch.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "bench.h"
#include "check.h"
#include "events.h"
#include "fire.h"
#include "guard.h"
#include "liveness.h"
#include "measure.h"
#include "nested.h"
#include "options.h"
#include "oracle.h"
#include "platform.h"
#include "state.h"
#include "thorough.h"
#include "thread.h"

enum { FLOOR_SHOTS = 16, FLOOR_EVERY = 32 };

/* Bare timer signals, measured all along the run that they are compared with. */
static struct {
    uint64_t ns, shots;
} floor_total;

static void measure_floor(uint32_t shots)
{
    floor_total.ns += time_floor(shots);
    floor_total.shots += shots;
}

static uint64_t mean(uint64_t total, uint64_t n)
{
    return n ? total / n : 0;
}

/* All cases: the assembler's, then the guards. */
static uint32_t n_cases(void)
{
    return everypc_n_cases + guard_count();
}

static const struct test_case *nth_case(uint32_t k)
{
    return k < everypc_n_cases ? everypc_cases[k] : guard_case(k - everypc_n_cases);
}

/* A case of this run, and its index among all that the glob matches: the same in every shard. */
struct chosen {
    const struct test_case *c;
    uint32_t index;
};

/* The cases of the glob and the shard, in order. */
static uint32_t choose(const struct options *o, struct chosen *out)
{
    uint32_t matched = 0, n = 0;
    for (uint32_t k = 0; k < n_cases(); k++) {
        const struct test_case *c = nth_case(k);
        if (fnmatch(o->cases, c->name, 0) != 0)
            continue;
        if (matched % o->shards == o->shard - 1)
            out[n++] = (struct chosen){c, matched};
        matched++;
    }
    return n;
}

static int list(const struct chosen *cases, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        event_begin("listed");
        event_string("case", cases[k].c->name);
        event_string("source", cases[k].c->source);
        event_number("progs", cases[k].c->n_progs);
        event_number("pcs", cases[k].c->n_pcs);
        event_end(0);
    }
    return 0;
}

static void self_test(const struct options *o)
{
    platform_test(o->seed);
    thorough_test(o);
}

static int repro(const struct options *o)
{
    char name[128], how[24] = "";
    unsigned offset, state;
    const char *at = strrchr(o->repro, '@');
    if (!at || (size_t)(at - o->repro) >= sizeof name ||
        sscanf(at, "@+0x%x#%u%23s", &offset, &state, how) < 2) {
        fprintf(stderr, "probe: \"%s\" is no shot id: CASE@+0xOFFSET#STATE\n", o->repro);
        return 2;
    }
    snprintf(name, sizeof name, "%.*s", (int)(at - o->repro), o->repro);
    if (strcmp(name, platform_case.name) == 0) {
        self_test(o);
        return 0;
    }
    for (uint32_t k = 0; k < n_cases(); k++) {
        const struct test_case *c = nth_case(k);
        if (strcmp(c->name, name) != 0)
            continue;
        platform_test(o->seed);
        if (check_repro(o, c, offset, state, how))
            return 0;
        fprintf(stderr, "probe: %s has no reportable PC at +0x%x, no state %u, or nothing \"%s\"\n", name,
                offset, state, how);
        return 2;
    }
    fprintf(stderr, "probe: there is no case %s\n", name);
    return 2;
}

static int run_bench(const struct options *o, const struct chosen *cases, uint32_t n)
{
    const struct test_case **plain = calloc(n + 1, sizeof *plain);
    if (!plain)
        return 3;
    for (uint32_t k = 0; k < n; k++)
        plain[k] = cases[k].c;
    bench(o, plain, n);
    free(plain);
    return 0;
}

/* What the driver compares between targets. */
static void tell_values(const struct test_case *c, const struct values *v)
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

/* What --depth full found. */
static void tell_depth(const struct tally *t)
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

static void run_case(const struct options *o, const struct test_case *c, uint32_t index, struct tally *sum,
                     struct live_cases *live)
{
    struct tally t;
    event_begin("begin");
    event_number("index", index);
    event_string("case", c->name);
    event_number("pcs", c->n_pcs);
    event_end(1);
    check_case(o, c, &t);
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
    if (o->full)
        tell_depth(&t);
    tell_values(c, &t.values);
    event_end(0);
    liveness_count(live, c, t.live);
    sum->shots += t.shots;
    sum->shot_ns += t.shot_ns;
    sum->pinned += t.pinned;
}

static void start(const struct options *o, uint32_t n)
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
static void tell_run(const struct live_cases *live)
{
    struct verdict v = judge_liveness(live);
    if (!v.oracle)
        return;
    event_begin("fail");
    event_string("id", EVERYPC_TARGET "/-");
    event_string("oracle", v.oracle);
    event_string("expected", v.expected);
    event_string("got", v.got);
    event_end(1);
}

static int run(const struct options *o, const struct chosen *cases, uint32_t n)
{
    struct tally sum = {0};
    struct live_cases live = {0};
    uint64_t begun = now_ns();
    start(o, n);
    platform_test(o->seed);
    if (o->full && o->shard == 1 && o->from == 0 && !o->free_mode && oracle_is_on("nested"))
        nested_run(o);
    thorough_test(o); /* behind it, as it injects a call: what the stub does at its first one only is to be
                         tried above */
    for (uint32_t k = 0; k < n; k++) {
        if (cases[k].index < o->from)
            continue;
        if (k % FLOOR_EVERY == 0 && !o->free_mode)
            measure_floor(FLOOR_SHOTS);
        run_case(o, cases[k].c, cases[k].index, &sum, &live);
    }
    tell_run(&live);
    event_begin("end");
    event_number("shots", sum.shots);
    event_number("wall_ns", now_ns() - begun);
    event_number("shot_ns", mean(sum.shot_ns, sum.pinned));
    event_number("floor_ns", mean(floor_total.ns, floor_total.shots));
    event_number("early", fire_early());
    event_end(1);
    return 0;
}

static int send_sentinel(const struct options *o)
{
    struct verdict v = sentinel(o->seed);
    event_begin("sentinel");
    event_string("verdict", v.oracle ? v.oracle : "ok");
    event_string("expected", v.expected);
    event_string("got", v.got);
    event_end(1);
    return v.oracle != NULL;
}

/* In probes that are linked with harness/mutants (make mutants-probe). */
__attribute__((weak)) int mutants_run(const struct options *o);

static int mutants(const struct options *o)
{
    if (mutants_run)
        return mutants_run(o);
    fprintf(stderr, "probe: it was built without mutants; make mutants-probe builds one with them\n");
    return 2;
}

int main(int argc, char **argv)
{
    struct options o;
    if (!options_parse(&o, argc, argv))
        return 2;
    struct chosen *cases = calloc(n_cases() + 1, sizeof *cases);
    if (!cases)
        return 3;
    uint32_t n = choose(&o, cases);
    if (o.list)
        return list(cases, n);
    if (!fire_begin()) {
        perror("probe: timers or signal handlers");
        return 3;
    }
    if (!thread_begin()) {
        fprintf(stderr,
                "probe: the system does not set the thread pointer to a copy of this thread's storage\n");
        return 3;
    }
    state_begin();
    oracles_without(o.without);
    fire_unmended(o.no_mend);
    if (o.spare && !state_spare(o.spare)) {
        fprintf(stderr, "probe: there is no register %s\n", o.spare);
        return 2;
    }
    if (o.mutants)
        return mutants(&o);
    if (o.platform) {
        self_test(&o);
        return 0;
    }
    if (o.sentinel)
        return send_sentinel(&o);
    if (o.measure) {
        measure_run(&o);
        return 0;
    }
    if (o.blame)
        return blame(&o);
    if (o.repro)
        return repro(&o);
    if (o.bench)
        return run_bench(&o, cases, n);
    return run(&o, cases, n);
}
