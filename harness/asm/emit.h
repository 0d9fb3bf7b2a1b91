/* Writing programs as GNU assembler text: code, tables, and the records of probe/case.h. */
#ifndef EVERYPC_EMIT_H
#define EVERYPC_EMIT_H

#include <stdio.h>

#include "case_names.h"
#include "parts.h"

enum { MAX_ALTERNATIVE_KINDS = 32 };

struct emitter {
    FILE *out;
    struct parts *parts; /* where it goes, instead of into one file; or null */
    const struct asm_arch *arch;
    int n_cases;                /* of all files */
    int n_here, n_skipped_here; /* in the file that is written: what labels are numbered by */
    bool alternatives; /* tables of mutated predicates too (predicates.h, mutants/predicate_alternatives.h) */
    int n_alternatives[MAX_ALTERNATIVE_KINDS];
    struct case_names names;
};

void emit_begin(struct emitter *m, FILE *out, const struct asm_arch *arch);
/* The same into several files: `parts`, which the caller has begun, and ends. */
bool emit_begin_parts(struct emitter *m, struct parts *parts, const struct asm_arch *arch, struct error *e);
/* Right after it: what mutated predicates would make of the cases is written too. */
void emit_with_alternatives(struct emitter *m);
/* One case; a program_sink with the emitter as its context. */
bool emit_program(void *emitter, struct program *p, struct error *e);
/* A case that was left out; a skip_sink. */
void emit_skip(void *emitter, const char *what, const char *why);
/* What stands behind all cases; releases the emitter's memory. False and an error if there is no file for it.
 */
bool emit_end(struct emitter *m, struct error *e);

#endif
