/* The cases of this probe, and checking them all: what it does unless asked for something else. */
#ifndef EVERYPC_WHOLE_RUN_H
#define EVERYPC_WHOLE_RUN_H

#include <stdint.h>

#include "case.h"
#include "options.h"

/* All cases: the assembler's, then the guards. */
uint32_t n_cases(void);
const struct test_case *nth_case(uint32_t k);

/* A case of this run, and its index among all that the glob matches: the same in every shard. */
struct chosen {
    const struct test_case *c;
    uint32_t index;
};

/* Checks the cases chosen, of the platform and the stub what comes before them, and writes the events of the
 * whole. Returns the exit status. */
int check_all(const struct options *o, const struct chosen *cases, uint32_t n);

#endif
