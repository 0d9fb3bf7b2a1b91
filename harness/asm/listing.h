/* Programs for people and for comparison: expansions, and the listing that is held against Go's. */
#ifndef EVERYPC_LISTING_H
#define EVERYPC_LISTING_H

#include <stdio.h>

#include "program.h"

/* Which entries of the optab the Progs of cases are made by: a line each, with the case, the number of the
 * entry, the operation, the mark and the Prog, separated by tabs; a program_sink with the file. In front of
 * them, how many entries there are, and a line of each: its operations, and its template behind a tab. */
void listing_coverage_begin(FILE *out, const struct asm_arch *arch);
bool listing_coverage(void *file, struct program *p, struct error *e);

/* A program_sink whose context is a FILE: name, Progs, marks and instructions. */
bool listing_expand(void *file, struct program *p, struct error *e);
/* What stands once before any listing_code. */
void listing_begin(FILE *out);
/* The program's code alone, in .text. */
bool listing_code(FILE *out, const struct program *p, struct error *e);
/* seq, prog, start, end, mark, relocated, note: a line a Prog. */
bool listing_table(const char *path, const struct program *p, struct error *e);

/* Whether a Prog's bytes hold an address that only the linker knows. */
bool listing_relocated(const struct prog *p);

/* The same programs in Go's assembler syntax, and as we assemble them, to be compared Prog by Prog. */
struct go_source {
    FILE *go;    /* a function c<n> for each program */
    FILE *code;  /* ours: the programs at multiples of LISTING_SLOT bytes */
    FILE *table; /* line in `go`, case, prog, start and end in `code`, mark, relocated: a line a Prog */
    int line, n; /* of `go` so far; programs */
};
enum { LISTING_SLOT = 4096 };
/* Opens <base>.s, <base>-ours.S and <base>.tsv; the caller calls go_source_end, on errors too. */
bool go_source_begin(struct go_source *s, const char *base, struct error *e);
/* A program_sink whose context is a struct go_source. Leaves out programs that set marks by hand, and code
 * that is no Progs. */
bool go_source_program(void *source, struct program *p, struct error *e);
bool go_source_end(struct go_source *s, const char *base, struct error *e);

#endif
