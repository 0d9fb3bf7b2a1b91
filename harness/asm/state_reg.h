/* Which register of the state (arch/<arch>/probe/regs.h) a name or an operand stands for: its index in the
 * list, or -1. */
#ifndef EVERYPC_STATE_REG_H
#define EVERYPC_STATE_REG_H

#include "prog.h"

int state_reg_index(const struct asm_arch *arch, const char *name);

/* The same of a register in Go's syntax, struct operand's `reg`. */
int state_reg_of(const struct asm_arch *arch, int reg);

#endif
