/* The oracle "liveness": whether anything is preempted at all. A case whose table allows it must take an
 * injection (check.c). A table that forbids it everywhere is only strict; a run in which every table does is
 * a runtime that never preempts, and fails, whether or not table and marks agree: trials show whether a call
 * could have been injected. */
#ifndef EVERYPC_INJECTABILITY_H
#define EVERYPC_INJECTABILITY_H

#include <stdbool.h>
#include <stdint.h>

#include "case.h"
#include "run.h"
#include "verdict.h"

/* Whether a case in which no call was injected could take one: where its marks are the predicates', at a Prog
 * of one instruction, the thread resumed where it was, from each of the usual states. Reports nothing. */
bool could_be_injected(struct run *r);

/* The cases of a run whose marks are the predicates'. */
struct injectable_cases {
    uint32_t could, did;
};
void injectable_count(struct injectable_cases *all, const struct test_case *c, enum injectability i);
/* Holds a run to it; fewer cases than a handful say nothing. */
struct verdict judge_liveness(oracle_set without, const struct injectable_cases *all);

#endif
