/* The oracle "nested": a second timer signal inside the injected call - at every PC of the stub, and in the
 * function that it calls. It must be refused, since the stub is not a function that may be preempted, and
 * change nothing: neither the memory of the interrupted stack, below its SP too, nor what the first signal's
 * run ends with. What lies below the stub's SP is overwritten after it, as by a handler that runs on the
 * interrupted stack: nothing may be kept there. */
#ifndef EVERYPC_NESTED_H
#define EVERYPC_NESTED_H

#include "nested_trial.h"
#include "system.h"

/* Reports what failed, and how many of the stub's PCs were hit (event "nested"). Many PCs share a process,
 * which ends at the first that fails; where the stub has memory of its own (everypc_stub_keeps) each has one
 * to itself, so that what the stub does once only is hit too. Must run before anything was injected in this
 * process. A witness is shown the runs, which are then not judged; null: none. */
void nested_run(const struct options *o, nested_witness *witness);

/* Access to the pages of the stub's code, with room for a spin behind it. False if the system refuses. */
bool stub_set_access(enum access access);

/* Whether an id names a trial by what it says behind the state. */
bool is_nested(const char *how);
/* The trial that an id names; false if it names none. */
bool nested_repro(const struct options *o, const struct test_case *c, uint32_t pc, int state,
                  const char *how);

/* The same without events, until the first failure: which case it was in, and in *t what; null if there is
 * none. `in`: the PCs, null for the stub's. What was injected before does not matter: no PC need be hit. The
 * stub's code stays writable. */
const struct test_case *nested_find(const struct options *o, const struct stub_code *in, struct tally *t);

#endif
