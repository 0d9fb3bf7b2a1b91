/* The commands of the probe: see commands.h. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "blame.h"
#include "check.h"
#include "end_state.h"
#include "events.h"
#include "fire.h"
#include "measure.h"
#include "other_marks.h"
#include "platform.h"
#include "registers.h"
#include "system.h"
#include "thorough.h"
#include "thread.h"
#include "whole_run.h"

/* The cases of the glob and the shard, in order. */
static uint32_t choose(const struct options *o, struct chosen *out)
{
    uint32_t matched = 0, n = 0;
    for (uint32_t k = 0; k < n_cases(); k++) {
        const struct test_case *c = nth_case(k);
        if (!system_matches(o->cases, c->name) || (o->marked && !has_other_marks(k)))
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
    platform_test(o);
    thorough_test(o);
}

static int repro(const struct options *o)
{
    char name[128], how[24] = "";
    unsigned offset, state;
    const char *at = strrchr(o->repro, '@');
    if (!at || (size_t)(at - o->repro) >= sizeof name ||
        sscanf(at, "@+0x%x#%u%23s", &offset, &state, how) < 2) {
        fprintf(stderr, "probe: \"%s\" is not a shot id (CASE@+0xOFFSET#STATE)\n", o->repro);
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
        if (!o->blame) /* else it has just been */
            platform_test(o);
        if (check_repro(o, c, offset, state, how))
            return 0;
        fprintf(stderr, "probe: %s has no reportable PC at +0x%x, or no state %u%s%s\n", name, offset, state,
                *how ? ", or nothing that is called " : "", how);
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

static int send_sentinel(const struct options *o)
{
    struct verdict v = sentinel(o);
    event_begin("sentinel");
    event_string("verdict", oracle_name(v.oracle));
    event_string("expected", v.expected);
    event_string("got", v.got);
    event_end(1);
    return v.oracle != NO_ORACLE;
}

/* Returns 0, or the exit status. */
static int set_up(const struct options *o)
{
    if (!fire_begin()) {
        perror("probe: timers or signal handlers");
        return 3;
    }
    if (!thread_begin()) {
        fprintf(stderr,
                "probe: the system can't move the thread pointer to a copy of this thread's storage\n");
        return 3;
    }
    memory_begin();
    if (!registers_begin(o->spare)) {
        fprintf(stderr, "probe: unknown register %s\n", o->spare);
        return 2;
    }
    return 0;
}

/* One start of the probe for both: a driver asks both of each failure. */
static int blame_and_explain(const struct options *o)
{
    struct options shot = *o;
    int status = blame(o);
    shot.repro = o->blame;
    return status == 0 && o->explain ? repro(&shot) : status;
}

static int blame_apart(const void *data)
{
    return fire_begin() ? blame_and_explain(data) : 3;
}

/* Takes the first of "SHOT=VISIT,SHOT=VISIT" off the list, which becomes null behind the last. */
static struct options take_shot(const struct options *o, char **list)
{
    struct options one = *o;
    char *shot = *list, *rest = strchr(shot, ',');
    if (rest)
        *rest++ = 0;
    char *visit = strchr(shot, '=');
    if (visit) {
        *visit++ = 0;
        one.visit = (uint32_t)strtoul(visit, NULL, 10);
    }
    one.blame = shot;
    *list = rest;
    return one;
}

/* Several shots are tried one after the other and apart, so that each begins as the first, whatever became of
 * those before it. */
static int run_blame(const struct options *o)
{
    bool several = strchr(o->blame, ',');
    int status = 0;
    char *list = strdup(o->blame), *rest = list;
    if (!list)
        return 3;
    blame_begin(o);
    while (rest) {
        struct options one = take_shot(o, &rest);
        if (several) {
            event_begin("blaming");
            event_string("shot", one.blame);
            event_number("visit", one.visit);
            event_end(1);
            system_apart(blame_apart, &one);
        } else {
            status = blame_and_explain(&one);
        }
    }
    free(list);
    return status;
}

static int run_command(const struct options *o, const struct chosen *cases, uint32_t n)
{
    if (o->platform) {
        self_test(o);
        return 0;
    }
    if (o->sentinel)
        return send_sentinel(o);
    if (o->measure) {
        measure_run(o);
        return 0;
    }
    if (o->blame)
        return run_blame(o);
    if (o->repro)
        return repro(o);
    if (o->bench)
        return run_bench(o, cases, n);
    return check_all(o, cases, n);
}

int probe_main(const struct options *o, int (*instead)(const struct options *))
{
    system_begin();
    struct chosen *cases = calloc(n_cases() + 1, sizeof *cases);
    if (!cases)
        return 3;
    if (o->marks && !other_marks_read(o->marks))
        return 2;
    uint32_t n = choose(o, cases);
    if (o->list)
        return list(cases, n);
    int failed = set_up(o);
    if (failed)
        return failed;
    return instead ? instead(o) : run_command(o, cases, n);
}
