/* How far SP has moved from the function's entry, Prog by Prog: the assembler's side of the SP-delta table
 * (Go's pcsp). */
#ifndef EVERYPC_SP_DELTA_H
#define EVERYPC_SP_DELTA_H

#include "program.h"

/* Sets each Prog's sp_delta from the architecture's rules; the program's operands are resolved and its Progs
 * looked up. A change takes effect behind the Prog's last instruction (Go 1.19, cmd/internal/obj/pcln.go
 * pctospadj). Unlike Go, which adds up Progs in the order of the text and has each epilogue add its frame
 * back, this follows branches, so that code behind a return, and callees inside a case, need nothing said by
 * hand. Where two ways to a Prog disagree, or SP was written otherwise than by a constant (Go's SPWRITE:
 * functions that it does not unwind), it is SP_DELTA_UNKNOWN. */
void sp_delta_follow(const struct asm_arch *arch, struct program *p);

/* The program's SP-delta table into out; 11 bytes a Prog and one more suffice. */
bool sp_delta_encode(const struct asm_arch *arch, const struct program *p, uint8_t *out, size_t capacity,
                     size_t *length, struct error *e);

#endif
