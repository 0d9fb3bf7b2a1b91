/* Memory where a case's own instruction faults: code taken out of a binary points to data that is not there.
 * A page is mapped there, filled like the arena, set up anew before each run and compared after it. Only for
 * cases with CASE_FOREIGN. */
#ifndef EVERYPC_MAPS_H
#define EVERYPC_MAPS_H

#include <stdbool.h>
#include <stdint.h>

#include "case.h"
#include "registers.h"

/* A run of this case is about to begin: other cases' pages are no longer there. */
void maps_enter(const struct test_case *c);
/* The case has faulted at this address. True if there is a page now, so that it may try again; false in the
 * first 64 KB, which is the probe's own, and when the case has had its share.
 * Async-signal-safe. */
bool maps_fault(uintptr_t address);

/* Of all pages that the golden run has come to have (maps_capture): as arena and stack, see end_state.h.
 * Other pages are gone with maps_fill. */
void maps_fill(uint64_t seed, int k);
void maps_capture(void);
/* A page that the golden run did not touch is a difference, too. */
bool maps_equal(struct state_diff *diff);

#endif
