/* The runs without a signal that all others are held against: one on each thread. */
#ifndef EVERYPC_GOLDEN_H
#define EVERYPC_GOLDEN_H

#include "arch.h"
#include "case.h"
#include "end_state.h"
#include "shot.h"

/* Runs the case from its initial state `k`, whose registers are *in. How the last run ended; if not at
 * its end, *g is of no use. */
enum outcome golden_run(const struct request *q, const struct test_case *c, const struct state *in,
                        uint64_t seed, int k, struct golden *g, struct shot *shot);

#endif
