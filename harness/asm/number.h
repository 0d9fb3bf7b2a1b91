/* Where the lines of a hand-written .S file come from. GNU as can't say the line it is at, and its macros
 * know nothing of who invoked them; so the preprocessed file is numbered before it is assembled. */
#ifndef EVERYPC_NUMBER_H
#define EVERYPC_NUMBER_H

#include <stdio.h>

#include "error.h"

/* The value of the symbol everypc.at: the number of a file, and a line of it. The section .everypc_files
 * names the files, a string each: "3 path". */
enum { NUMBER_LINE_BITS = 20 };

/* Copies preprocessed assembly, with the preprocessor's line markers, and sets everypc.at in front of each
 * statement. Bodies of macros are left alone: what comes of them has the line of the outermost invocation.
 * Lines stay lines, so that the assembler's own messages keep theirs. `path` is for errors. */
bool number_lines(const char *text, const char *path, FILE *out, struct error *e);

#endif
