/* Checking cases: every PC, every initial state, and the count of what was done. */
#ifndef EVERYPC_CHECK_H
#define EVERYPC_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "case.h"
#include "cross.h"
#include "liveness.h"
#include "options.h"

struct tally {
    uint32_t pcs, reportable, covered, failures;
    uint64_t shots, resumed, restarted, entry_restarted, refused;
    uint32_t sp_inexact, sp_unknown; /* PCs where the SP-delta table is off though the call is refused; where
                                        it says nothing */
    uint64_t shot_ns;                /* time of all pinned shots */
    uint64_t pinned;                 /* their number */
    struct values values;
    enum liveness live; /* (liveness.h) */
    /* --depth full: trials of the other actions, and what they say of the reportable PCs (truth.h) */
    uint64_t trials;
    uint64_t pairs, pairs_of, progress; /* (pairs.h) */
    uint32_t tried, strict, preemptible, without_restart, at_best;
    bool hung;            /* a run of it hung */
    struct verdict first; /* the first failure, where options.quiet; which PC and initial state it was at */
    uint32_t first_pc;
    int first_state;
};

/* Runs one case in the asked mode; failures become events. Fills *t. */
void check_case(const struct options *o, const struct test_case *c, struct tally *t);

/* One shot of one case, told in detail: what `--repro` does. `how` is what its id says behind the state, with
 * a colon: "" for a shot alone, or a trial (truth.h), a series (pairs.h) or a signal in the injected call
 * (nested.h). False if the id names nothing of the case. */
bool check_repro(const struct options *o, const struct test_case *c, uint32_t offset, uint32_t state,
                 const char *how);

#endif
