/* The benchmark: see bench.h. Its figures are means over all shots, as a run reports them. */
#include "bench.h"

#include "check.h"
#include "clock.h"
#include "events.h"
#include "fire.h"
#include "system.h"

uint64_t time_floor(uint32_t shots)
{
    fire_floor(); /* the first one warms up */
    uint64_t start = now_ns();
    for (uint32_t k = 0; k < shots; k++)
        fire_floor();
    return now_ns() - start;
}

void samples_add(struct samples *s, uint64_t ns, uint64_t shots)
{
    s->ns += ns;
    s->shots += shots;
}

uint64_t samples_mean(const struct samples *s)
{
    return s->shots ? s->ns / s->shots : 0;
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
        samples_add(shots, t.shot_ns, t.pinned);
        samples_add(floors, time_floor((uint32_t)t.pinned), t.pinned);
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
    event_number("shot_ns", samples_mean(&copies));
    event_number("patch_ns", samples_mean(&in_place));
    event_number("floor_ns", samples_mean(&floors));
    event_number("rss_kb", system_peak_kb());
    event_end(1);
}
