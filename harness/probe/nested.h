/* The oracle "nested": a second timer signal inside the injected call - at every PC of the stub, and in the
 * function that it calls. It must be refused, since the stub is no function that may be preempted, and change
 * nothing: neither the memory of the interrupted stack, below its SP too, nor what the first signal's run
 * ends with. What lies below the stub's SP is overwritten behind it, as by a handler that runs on the
 * interrupted stack: nothing may be kept there. */
#ifndef EVERYPC_NESTED_H
#define EVERYPC_NESTED_H

#include "case.h"
#include "check.h"
#include "options.h"
#include "state.h"
#include "stub.h"

/* Tells what failed, and how many of the stub's PCs were hit (event "nested"). Each PC is tried in a process
 * of its own, so that what the stub does once only is hit too; must run before anything was injected in this
 * one. */
void nested_run(const struct options *o);

/* What the id of a trial that failed says behind its state: at one of the stub's PCs, with its offset behind
 * it, or in the function that it calls. */
#define NESTED_ID      ":stub+0x"
#define NESTED_CALL_ID ":call"
bool is_nested(const char *how);
/* The trial that an id names; false if it names none. */
bool nested_repro(const struct options *o, const struct test_case *c, uint32_t pc, int state,
                  const char *how);

/* From now on a run with both signals that comes to its end is shown to this function, and not judged;
 * nothing below SP is overwritten then. */
typedef void nested_seen(const struct test_case *c, const struct golden *golden, const struct state *out);
void nested_witness(nested_seen *seen);

/* The same without a word, until the first failure (o->quiet): which case it was in, and in *t what; null if
 * there is none. `in`: the PCs, null for the stub's. What was injected before does not matter: no PC need be
 * hit. The stub's code stays writable. */
const struct test_case *nested_find(const struct options *o, const struct stub_code *in, struct tally *t);

#endif
