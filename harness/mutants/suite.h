/* The cases that mutants of the code under test are held against: the guards, then small cases of each mark,
 * then a few of all sorts. */
#ifndef EVERYPC_MUTANTS_SUITE_H
#define EVERYPC_MUTANTS_SUITE_H

#include "probe/verdict.h"
#include "mutants.h"

/* Chooses them among the probe's. */
void suite_choose(void);
uint32_t suite_size(void);
const struct test_case *suite_case(uint32_t k);
/* Whether the k-th has injected calls that no other case has; true until it is proved. Of the guards, which
 * run the same code and differ in what is decided, only the first. */
bool suite_injects(uint32_t k);
/* Once: leaves out those with an instruction that this CPU model does not have; each of the others must pass
 * as things are, the small ones at full depth too. The first that does not, or null. */
const struct test_case *suite_prove(const struct options *o, struct verdict *v);
/* A few small ones of no guard, for what takes long: the k-th, or null. */
const struct test_case *suite_small(uint32_t k);

#endif
