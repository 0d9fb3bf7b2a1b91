/* Tables of mutated predicates beside those of the cases (predicates.h, mutants/predicate_alternatives.h). */
#ifndef EVERYPC_EMIT_ALTERNATIVES_H
#define EVERYPC_EMIT_ALTERNATIVES_H

#include "emit.h"

/* What stands in front of all of them, in the first file. */
void emit_alternatives_begin(struct emitter *m);
/* What each mutated predicate would make of the case, where that differs; a few cases for each. */
bool emit_alternatives(struct emitter *m, struct program *p, int id, struct error *e);
/* The list of predicates, in the last file. */
void emit_predicates(struct emitter *m);

#endif
