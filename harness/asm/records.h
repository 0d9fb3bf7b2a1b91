/* Pieces that the records of cases are made of, in GNU assembler's syntax (emit.c, emit_alternatives.c). */
#ifndef EVERYPC_RECORDS_H
#define EVERYPC_RECORDS_H

#include "emit.h"

/* A word of the target: `fmt` with the number in it. */
void emit_pointer(struct emitter *m, const char *fmt, int id);
/* The text, ended by a null byte. */
void emit_string(FILE *out, const char *text);
void emit_byte_list(FILE *out, const uint8_t *b, uint32_t n);
/* The Progs' array of struct case_prog; their texts have the labels that emit_program gave them. */
void emit_prog_records(struct emitter *m, const struct program *p, int id);

#endif
