/* The oracle "nested": a second timer signal inside the injected call - at every PC of the stub, and in the function that it
 * calls. It must be refused, since the stub is no function that may be preempted, and change nothing: neither the memory of
 * the interrupted stack, below its SP too, nor what the first signal's run ends with. */
#ifndef EVERYPC_NESTED_H
#define EVERYPC_NESTED_H

#include "case.h"
#include "options.h"
#include "state.h"

/* Tells what failed, and how many of the stub's PCs were hit (event "nested"). Each PC is tried in a process of its own, so
 * that what the stub does once only is hit too; must run before anything was injected in this one. */
void nested_run(const struct options *o);

/* From now on a run with both signals that comes to its end is shown to this function, and not judged. */
typedef void nested_seen(const struct test_case *c, const struct end_state *golden, const struct state *out);
void nested_witness(nested_seen *seen);

#endif
