/* A binary's own stub: the machine code of runtime.asyncPreempt, as a source file that takes the place of
 * arch/<arch>/preempt.S in a probe (SUT), so that it can be run and measured. */
#ifndef EVERYPC_GO_STUB_H
#define EVERYPC_GO_STUB_H

#include <stdio.h>

#include "gobin.h"

/* Writes it to `out`: bytes as they are, but for the call of asyncPreempt2, which goes to async_preempt2, and literals that hold
 * addresses of data, which get a copy of 8 bytes of what lies there in the file. False and an error for code that can't be
 * moved so: any other call, any other use of an address. `switched`: data that branches depend on is inverted
 * (0 becomes 1, all else 0), so that the other way through the stub is run. *depends says whether there is such data. */
bool go_stub_write(const struct gobin *bin, bool switched, FILE *out, bool *depends, struct error *e);

#endif
