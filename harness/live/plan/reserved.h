/* Functions in which nothing is fired, since the agent has traps of its own there: asyncPreempt, where it
 * acts inside the injected call, and those that it executes in the program's place (live/agent/masks.h). And
 * runtime.clone: a new thread finds its arguments below SP, where any signal's frame would overwrite them
 * (runtime/sys_linux_arm64.s); the runtime blocks all signals there. */
#ifndef EVERYPC_LIVE_RESERVED_H
#define EVERYPC_LIVE_RESERVED_H

#include "plan.h"
#include "reading.h"

/* Why the function of that number is one, or null. */
const char *reserved_why(const struct reading *r, size_t function);
/* Adds the entries of those that the agent executes. False without memory. */
bool reserved_add(struct plan *p, const struct reading *r);

#endif
