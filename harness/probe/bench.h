/* What a shot costs, beside a bare timer signal in the same run. */
#ifndef EVERYPC_BENCH_H
#define EVERYPC_BENCH_H

#include <stdint.h>

#include "case.h"
#include "options.h"

/* Shots, and the nanoseconds that they took. */
struct samples {
    uint64_t ns, shots;
};
void samples_add(struct samples *s, uint64_t ns, uint64_t shots);
/* Nanoseconds a shot; 0 of none. */
uint64_t samples_mean(const struct samples *s);

/* Nanoseconds of that many bare timer signals: arm, spin, handler, go on. */
uint64_t time_floor(uint32_t shots);

/* Measures about o->bench shots, spread over the cases, in copies and in place, each case in turn with bare
 * signals; reports means over all shots, as a run's "end" does. */
void bench(const struct options *o, const struct test_case *const *cases, uint32_t n);

#endif
