/* The oracle "cross": a case that was lowered from an abstract program must end with the values that the
 * program has in plain C, which are the same on every target. */
#ifndef EVERYPC_CROSS_H
#define EVERYPC_CROSS_H

#include <stdbool.h>
#include <stdint.h>

#include "case.h"
#include "end_state.h"
#include "verdict.h"

/* What the runs of a case ended with, as hashes to be compared between targets. */
struct values {
    uint64_t hash[CASE_VARIANTS], hash64[CASE_VARIANTS]; /* of the 32-bit and of the 64-bit values */
    uint32_t seen;                                       /* a bit for each variant that was run */
};

/* Holds the undisturbed run from initial state `k` against the expected values; notes what it ended with. */
struct verdict judge_values(const struct test_case *c, uint32_t k, const struct end_state *golden,
                            struct values *v);

/* The hashes over all variants. False if not all have run, or the case expects nothing. *hash64 is 0 where
 * there are no 64-bit values. */
bool values_hash(const struct test_case *c, const struct values *v, uint64_t *hash, uint64_t *hash64);

#endif
