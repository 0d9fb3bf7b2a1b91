/* Lowering abstract programs to Progs by an architecture's cross.tmpl:
 *
 *   WORDS R2 R3 R4 R5                   the 32-bit variables w0 to w3
 *   LONGS R6 R7 R8 R9                   the 64-bit ones; a target without this line drops their operations
 *   BASE R1 = 0x12345678                a register that memory is reached from, and how far below the arena's
 *                                       middle it points: cells lie at that offset, give or take 400 bytes
 *   SUB32 %a, %d, %d = NEGW %d ; ADDW %a, %d
 *   SUB32 %a, %b, %d = SUBW %b, %a, %d  an operation, and the Progs for it. The first line of the operation
 *                                       whose operands match is taken: a placeholder that comes twice wants
 *                                       the same operand twice, and what is no placeholder itself
 *
 * An operation is its name and its width (abstract.h); its operands are a, b, d: variables; $constants;
 * memory: 0x12345600(R1); labels. JOIN may be left out. Registers that no line names are free for scratch and
 * the counter. */
#ifndef EVERYPC_LOWER_H
#define EVERYPC_LOWER_H

#include "abstract.h"
#include "read.h"

struct lowering; /* a cross.tmpl; as large as it takes */

/* Reads it; null and an error on bad text, or if an operation that the target needs has no line. The path is
 * kept by reference. */
struct lowering *lowering_read(const char *path, struct error *e);
void lowering_free(struct lowering *l);
/* Whether the target has 64-bit variables. */
bool lowering_is_wide(const struct lowering *l);

/* Lowers a program into `out`, which has a name already, and writes down what its runs must end with. */
bool lower(const struct asm_arch *arch, const struct lowering *l, const struct abstract *p,
           struct program *out, struct error *e);

#endif
