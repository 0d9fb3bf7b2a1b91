/* Functions in which the agent has traps of its own, so that nothing is fired there: asyncPreempt, where it
 * acts inside the injected call, and those that it executes in the program's place (live/agent/masks.h). */
#ifndef EVERYPC_LIVE_RESERVED_H
#define EVERYPC_LIVE_RESERVED_H

#include "plan.h"
#include "reading.h"

/* Whether the function of that number is one. */
bool reserved_is(const struct reading *r, size_t function);
/* Adds the entries of those that the agent executes. False without memory. */
bool reserved_add(struct plan *p, const struct reading *r);

#endif
