/* The benchmark: see bench.h. A case's figure is the mean over its shots; the result is the median over
 * cases. */
#include "bench.h"

#include <stdlib.h>

#include "check.h"
#include "clock.h"
#include "events.h"
#include "fire.h"
#include "system.h"

enum { MAX_SAMPLES = 4096 };

struct samples {
    uint64_t ns[MAX_SAMPLES];
    uint32_t n;
};

uint64_t time_floor(uint32_t shots)
{
    fire_floor(); /* the first one warms up */
    uint64_t start = now_ns();
    for (uint32_t k = 0; k < shots; k++)
        fire_floor();
    return now_ns() - start;
}

static void add(struct samples *s, uint64_t ns, uint64_t shots)
{
    if (shots && s->n < MAX_SAMPLES)
        s->ns[s->n++] = ns / shots;
}

static int by_value(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static uint64_t median(struct samples *s)
{
    qsort(s->ns, s->n, sizeof *s->ns, by_value);
    return s->n ? s->ns[s->n / 2] : 0;
}

/* Shots of every `step`-th case until there are enough of them. */
static void sample(struct options o, const struct test_case *const *cases, uint32_t n, uint32_t step,
                   bool in_place, struct samples *shots, struct samples *floors)
{
    uint64_t done = 0;
    o.in_place = in_place;
    for (uint32_t k = 0; k < n && done < o.bench; k += step) {
        struct tally t;
        check_case(&o, cases[k], &to_events, &t);
        add(shots, t.shot_ns, t.pinned);
        add(floors, time_floor((uint32_t)t.pinned), t.pinned);
        done += t.pinned;
    }
}

void bench(const struct options *o, const struct test_case *const *cases, uint32_t n)
{
    static struct samples copies, in_place, floors;
    enum { SHOTS_OF_A_CASE = 7 }; /* roughly, to spread the samples over all cases */
    uint32_t wanted = o->bench / SHOTS_OF_A_CASE + 1, step = n > wanted ? n / wanted : 1;
    sample(*o, cases, n, step, false, &copies, &floors);
    sample(*o, cases, n, step, true, &in_place, &floors);
    event_begin("bench");
    event_number("shot_ns", median(&copies));
    event_number("patch_ns", median(&in_place));
    event_number("floor_ns", median(&floors));
    event_number("rss_kb", system_peak_kb());
    event_end(1);
}
