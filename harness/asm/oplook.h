/* Looking Progs up in the optab, and expanding them to GNU assembler instructions. */
#ifndef EVERYPC_OPLOOK_H
#define EVERYPC_OPLOOK_H

#include "error.h"
#include "prog.h"

/* Finds the Prog's optab entry and fills in its instructions, their sizes and the Prog's size.
 * Literals that its template asks for are added to the pool (literals.h).
 * False and an error if the operation is unknown or its operands fit no entry. */
bool oplook(const struct asm_arch *arch, struct prog *p, struct error *e);

#endif
