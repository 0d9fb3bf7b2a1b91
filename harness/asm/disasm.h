/* Instruction boundaries of machine code (disasm/machine.h). */
#ifndef EVERYPC_DISASM_H
#define EVERYPC_DISASM_H

#include <stdio.h>

#include "error.h"
#include "prog.h"

struct disasm;

/* Null and an error if the library at hand does not know the architecture. */
struct disasm *disasm_open(const struct asm_arch *arch, struct error *e);
void disasm_close(struct disasm *d);

/* Appends the instructions of n bytes at `address` to the Prog; *in_slot says whether the first lies in a
 * delay slot, and afterwards whether the next one would. False if the bytes do not end with an instruction,
 * or it is unknown. */
bool disasm_prog(struct disasm *d, const uint8_t *bytes, size_t n, uint64_t address, struct prog *p,
                 bool *in_slot);

/* The same for the first instruction alone; its size in bytes into *size. False if it is unknown. */
bool disasm_insn(struct disasm *d, const uint8_t *bytes, size_t n, uint64_t address, struct prog *p,
                 bool *in_slot, size_t *size);

/* Prints a line with the text of each piece of machine code in a list, "0:e0031faa,4:..." (address:bytes in
 * hex), or "?" where the library knows no such instruction; for the driver's explanations. */
bool disasm_list(const struct asm_arch *arch, const char *list, FILE *out, struct error *e);

#endif
