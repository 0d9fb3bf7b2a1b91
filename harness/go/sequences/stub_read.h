/* What a stub loses, by reading its code: where each register is saved, and whether it comes back from there.
 * For settings of the CPU's flags that nothing here can execute. Relies on the tables of instructions
 * (insn/effects.h) and on what asyncPreempt2 does with a p (stub_walk.h); what is not followed counts as
 * lost, and what could make the rest wrong is refused. */
#ifndef EVERYPC_GO_STUB_READ_H
#define EVERYPC_GO_STUB_READ_H

#include "go/binary/gobin.h"
#include "insn/effects.h"
#include "stub_flags.h"
#include "stub_walk.h"

struct stub_code {
    const struct gobin_func *f; /* asyncPreempt */
    struct decoder *decoder;
    const struct stub_flags *flags; /* as they are set */
    const struct stub_walks *walks;
};

/* Puts the units that are lost. Null, or why the code can't be followed: a branch that asks something else, a
 * store to an unknown address, a stack pointer that does not come back. *at is the address then. */
const char *stub_read(const struct stub_code *code, struct unitset *lost, uint64_t *at);

#endif
