/* The instructions of the injected call, for the mutants of it: read from the object that is linked into the
 * probe, and written to an assembler file of their own, in the layout of probe/stub_insns.h. */
#ifndef EVERYPC_STUB_H
#define EVERYPC_STUB_H

#include <stdio.h>

#include "error.h"
#include "prog.h"

/* Writes the instructions between the symbols async_preempt and async_preempt_end of the object. False and an
 * error if they are not there, or capstone does not know one of the instructions. */
bool stub_write(const struct asm_arch *arch, const char *object, FILE *out, struct error *e);

#endif
