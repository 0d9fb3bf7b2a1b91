/* Checking cases: every PC, every initial state, and the count of what was done. */
#ifndef EVERYPC_CHECK_H
#define EVERYPC_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "case.h"
#include "options.h"
#include "run.h"

/* Runs one case in the asked mode; failures go to the sink. Fills *t. */
void check_case(const struct options *o, const struct test_case *c, const struct sink *sink, struct tally *t);

/* One shot of one case, reported in detail: what `--repro` does. `how` is what its id says behind the state,
 * with a colon: "" for a shot alone, or a trial (truth.h), a series (pairs.h) or a signal in the injected
 * call (nested.h). False if the id names nothing of the case. */
bool check_repro(const struct options *o, const struct test_case *c, uint32_t offset, uint32_t state,
                 const char *how);

#endif
