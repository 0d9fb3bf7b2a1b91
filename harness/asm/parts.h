/* The cases as several assembler files, so that a changed case has only its own file assembled again, and no
 * file grows with the number of cases. */
#ifndef EVERYPC_PARTS_H
#define EVERYPC_PARTS_H

#include <stdio.h>

#include "program.h"

struct parts {
    const char *folder; /* where they are written: <folder>/<name>.s */
    FILE *out;          /* the part that is being written: in memory, until it is complete */
    char *text;         /* its text */
    size_t size;
    char (*names)[MAX_NAME]; /* of all parts, in the order that they are linked in; owned */
    int n, room;
    int n_cases;      /* of the part that is being written */
    const char *file; /* of its last case */
};

/* Begins to write into the folder, which is made if it is not there. False and an error if it can't be. */
bool parts_begin(struct parts *t, const char *folder, struct error *e);

/* Whether this case, which has its name, begins another part: one behind enough others of another file, or
 * one that its name picks, so that a case more or less moves no later boundary. */
bool parts_is_full(const struct parts *t, const struct program *next);

/* Completes the part before, and opens one of that name. */
bool parts_next(struct parts *t, const char *name, struct error *e);

/* Completes the last part, removes what the folder holds of others, and writes <folder>/list: the objects
 * that will be made of the parts, one a line. A part whose text is that of the file is left as it is.
 * Releases the memory, also after an error. */
bool parts_end(struct parts *t, struct error *e);

#endif
