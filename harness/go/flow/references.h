/* Instructions of objects, whose references no linker has written into the code. */
#ifndef EVERYPC_GO_REFERENCES_H
#define EVERYPC_GO_REFERENCES_H

#include "go/binary/gobin.h"
#include "insn/effects.h"

/* Completes what an instruction does by what it refers to (gobin_reference), if it refers to anything: where
 * it goes, the address that it makes, or that of its memory operand. An address of what is elsewhere becomes
 * an unknown value. */
void complete_reference(const struct gobin *bin, struct effects *fx);

#endif
