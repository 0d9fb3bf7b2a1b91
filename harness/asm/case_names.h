/* The names of a probe's cases, kept apart. */
#ifndef EVERYPC_CASE_NAMES_H
#define EVERYPC_CASE_NAMES_H

#include "program.h"

struct case_name {
    char name[MAX_NAME], symbol[MAX_NAME];
};

struct case_names {
    struct case_name *list; /* owned */
    int n, room;
};

/* Adds the program's name, changed where a case has had it: the second gets ".2". Two hand-written cases
 * can't share a symbol. */
bool case_names_add(struct case_names *names, struct program *p, struct error *e);
void case_names_free(struct case_names *names);

#endif
