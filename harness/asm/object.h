/* An object that the cross assembler made of a .S file: its sections, its symbols, and where its lines are.
 * ELF by libelf; every section and symbol is checked before it is used. */
#ifndef EVERYPC_OBJECT_H
#define EVERYPC_OBJECT_H

#include <gelf.h>

#include "error.h"
#include "prog.h"

struct disasm;

struct object {
    const struct asm_arch *arch;
    const char *path; /* of the .S file */
    struct error *e;
    int fd;
    Elf *elf;
    Elf_Data *notes, *files, *code, *symbols;
    size_t code_section, n_symbols, string_section;
    uint64_t *pcs; /* offsets in .cases of everypc.pc.<n>, in order */
    size_t n_pcs;
    const char *file; /* where the current note comes from; 0 is no line */
    int line;
    struct disasm *disasm;
};

/* Fills in all but the first three members, which the caller has set. The caller calls object_close, on
 * errors too. */
bool object_open(struct object *o, const char *path);
void object_close(struct object *o);

/* A symbol in .cases: its offset, or false. */
bool object_symbol(const struct object *o, const char *name, uint64_t *value);

/* Sets file and line from the 4 bytes behind a note's text. */
void object_take_place(struct object *o, const uint8_t *at);

/* Whether the code at offset `at` of .cases is in an instruction set that cases can't hold (target.h). */
bool object_is_other_code(const struct object *o, uint64_t at);

#endif
