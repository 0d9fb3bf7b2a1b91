/* A trial of the oracle "nested" (nested.h): one run with a signal in a case, and a second one in the call
 * that the first injects - pinned at one of the injected call's PCs, or in the function that it calls. */
#ifndef EVERYPC_NESTED_TRIAL_H
#define EVERYPC_NESTED_TRIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "case.h"
#include "end_state.h"
#include "run.h"
#include "stub_insns.h"

enum {
    MAX_STUB = 1024,    /* PCs */
    IN_CALL = MAX_STUB, /* in the function that the stub calls */
};
/* What became of a trial, added up: the second signal landed; something failed. */
enum { TRIAL_HIT = 1, TRIAL_FAILED = 2 };

/* Is shown a run with both signals that came to its end. */
typedef void nested_witness(const struct test_case *c, const struct golden *golden, const struct state *out);

/* What second signals land in, and at which of its PCs: an index, or IN_CALL. */
struct second_place {
    const struct stub_code *code;
    uint32_t where;
};

/* Whether a pin there lies over the next instruction too, which the stub may branch to. */
bool trial_is_wide(const struct second_place *at);

/* Sets up the case of `r`, which has begun, for trials from state `k`. False if it can't be run. */
bool trial_open(struct run *r, int k);

/* Runs that case with a signal at PC number `pc` and one at `at`. A failure goes to trial_fail. With a
 * witness the run is shown to it instead of being judged, and nothing below SP is overwritten. */
int trial_run(struct run *r, uint32_t pc, const struct second_place *at, nested_witness *witness);

/* Fails the oracle "nested" at that place, because of `why`. */
void trial_fail(struct run *r, uint32_t pc, const struct second_place *at, const struct verdict *why);

/* What the id of a trial that failed says behind its state: at one of the stub's PCs, with its offset behind
 * it, or in the function that it calls. */
#define NESTED_ID      ":stub+0x"
#define NESTED_CALL_ID ":call"

#endif
