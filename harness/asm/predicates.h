/* Mutants of the marking predicates (marks.c): each sees Progs with one thing hidden from it, so that the
 * clause which looks at that thing is as good as deleted. */
#ifndef EVERYPC_PREDICATES_H
#define EVERYPC_PREDICATES_H

#include "program.h"

/* How many there are, on any architecture. */
extern const int n_predicate_mutants;
/* What is hidden, in words; a class of harness/mutants/classes.tsv. */
const char *predicate_mutant_name(int k);
const char *predicate_mutant_class(const struct asm_arch *arch, int k);

/* Marks the program as the mutant would. True if any mark differs from the program's own. */
bool predicate_mutant_mark(const struct asm_arch *arch, const struct program *p, int k, int32_t *values);

#endif
