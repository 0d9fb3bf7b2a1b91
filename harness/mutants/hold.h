/* Checking an applied mutant by its cases, or the suite, until the first failure. */
#ifndef EVERYPC_MUTANTS_HOLD_H
#define EVERYPC_MUTANTS_HOLD_H

#include "probe/check.h"
#include "mutants.h"

/* How a mutant died. */
struct death {
    const struct test_case *c; /* null: it lives */
    struct tally t;            /* t.first: of what */
};

/* The oracles of a quick check, and of the run of all these cases; without these. */
void hold_quick(const struct options *o, const struct mutant *m, oracle_set without, struct death *d);
/* What a check of full depth adds, and takes longer: truth, pairs and, for m->in_call, nested. Of the suite a
 * few small cases. */
void hold_deep(const struct options *o, const struct mutant *m, oracle_set without, struct death *d);

#endif
