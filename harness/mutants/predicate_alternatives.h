/* What mutated marking predicates would make of the cases, as the host assembler writes it (asm/emit.c). Both
 * sides know this layout. */
#ifndef EVERYPC_PREDICATE_ALTERNATIVES_H
#define EVERYPC_PREDICATE_ALTERNATIVES_H

#include "probe/case.h"

struct predicate_alternative {
    const struct test_case *c;
    const uint8_t *table;
    const struct case_prog *progs; /* with the marks of that table */
    uint32_t predicate, table_length;
};

extern const struct predicate_alternative everypc_alternatives[];
extern const uint32_t everypc_n_alternatives, everypc_n_predicates;
/* What is hidden from the predicate, and the class of the mutant. */
extern const struct {
    const char *name, *class;
} everypc_predicates[];

#endif
