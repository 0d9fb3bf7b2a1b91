/* Checking an applied mutant by its cases, or the suite, until the first failure. */
#ifndef EVERYPC_MUTANTS_HOLD_H
#define EVERYPC_MUTANTS_HOLD_H

#include "probe/check.h"
#include "probe/injectability.h"
#include "mutants.h"

/* How a mutant died. */
struct death {
    const struct test_case *c; /* null: it lives */
    struct tally t;            /* t.first: of what */
    uint32_t passed;           /* so many cases passed before it, by all oracles; */
    struct injectable_cases of_passed;
    uint32_t hung; /* in so many of them a run hung, rightly */
};

/* The oracles of a quick check, and of the run of all these cases; without these. The cases that have passed
 * in *d passed then, by more oracles, and are not run again; {0}: all are. What has no effect but in an
 * injected call is held against those only that inject one. */
void hold_quick(const struct options *o, const struct mutant *m, oracle_set without, struct death *d);
/* What a check of full depth adds, and takes longer: truth, pairs and, for m->in_call, nested. Of the suite a
 * few small cases. */
void hold_deep(const struct options *o, const struct mutant *m, oracle_set without, struct death *d);

#endif
