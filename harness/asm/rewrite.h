/* A case written out as a .progs file of its own, with nothing left to choose or draw: what a minimiser
 * starts from. */
#ifndef EVERYPC_REWRITE_H
#define EVERYPC_REWRITE_H

#include <stdio.h>

#include "program.h"

struct rewrite {
    FILE *out;
    const char *name; /* of the case that is asked for */
    bool found;
    bool bytes; /* it is there, and no Progs: a .progs file can't hold it */
};

/* A program_sink whose context is a struct rewrite. Of a case with two sets of initial values the first one
 * is taken. */
bool rewrite_program(void *rewrite, struct program *p, struct error *e);

#endif
