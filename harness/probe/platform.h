/* The platform's self-test: which registers does whatever runs this probe keep over a plain signal? And the
 * sentinel: does an injected call keep them, where there is no table to blame? Both spin outside of any case
 * and end at case_leave. */
#ifndef EVERYPC_PLATFORM_H
#define EVERYPC_PLATFORM_H

#include <stdbool.h>
#include <stdint.h>

#include "arch.h"
#include "case.h"
#include "end_state.h"
#include "options.h"
#include "verdict.h"

enum { SELF_TEST_STATES = 4 };

/* What is run there: no code at all, and its table says that it is safe. */
extern const struct test_case platform_case;
/* Its initial registers in state `k`, and how it ends without a signal on each thread; memory is as at the
 * start. False and a verdict if it does not. */
bool platform_set_up(const struct options *o, int k, struct state *from, struct golden *end,
                     struct verdict *v);

/* Sends plain signals to several states, and writes the event "platform": how many registers it keeps; which
 * are "lost", even when the handler does nothing; and which are "exposed": kept as long as the handler's own
 * code does not use them, since the signal frame does not hold them. A lost register counts for the oracle
 * "platform" only from now on; an exposed one as any other, as the handlers here use none. */
void platform_test(const struct options *o);
/* The same without an event. */
void platform_learn(const struct options *o);

/* Injects the call where nothing is in progress, from the same states: a failure is the stub's or
 * push_call's fault. */
struct verdict sentinel(const struct options *o);

#endif
