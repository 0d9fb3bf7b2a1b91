/* Programs for people and for comparison: expansions, and the listing that is held against Go's. */
#ifndef EVERYPC_LISTING_H
#define EVERYPC_LISTING_H

#include <stdio.h>

#include "program.h"

/* A program_sink whose context is a FILE: name, Progs, marks and instructions. */
bool listing_expand(void *file, struct program *p, struct error *e);
/* The program's code alone, in .text, at 0. */
bool listing_code(FILE *out, const struct program *p, struct error *e);
/* seq, prog, start, end, mark, relocated, note: a line a Prog. */
bool listing_table(const char *path, const struct program *p, struct error *e);

#endif
