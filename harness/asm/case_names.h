/* The names of a probe's cases, kept apart. */
#ifndef EVERYPC_CASE_NAMES_H
#define EVERYPC_CASE_NAMES_H

#include "program.h"

/* Search trees (tsearch): of names, and of the symbols of hand-written cases; both owned. */
struct case_names {
    void *names, *symbols;
};

/* Adds the program's name, changed where a case has had it: the second gets ".2". Two hand-written cases
 * can't share a symbol. The time is that of a look-up, whatever the number of cases and of those with this
 * name. */
bool case_names_add(struct case_names *names, struct program *p, struct error *e);
void case_names_free(struct case_names *names);

#endif
