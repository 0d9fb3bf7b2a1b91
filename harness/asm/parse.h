/* The syntax of Progs: Go assembler lines. */
#ifndef EVERYPC_PARSE_H
#define EVERYPC_PARSE_H

#include "error.h"
#include "prog.h"

/* Parses one Prog ("ADD $4, R1, R2"). The line must hold no label and no comment.
 * `file` is kept by reference. False and an error with file and line on malformed text. */
bool parse_prog(const struct asm_arch *arch, const char *line, const char *file, int number, struct prog *out,
                struct error *e);

/* Parses a register's name; NO_REG if it is none. */
int parse_register(const struct asm_arch *arch, const char *name);

#endif
