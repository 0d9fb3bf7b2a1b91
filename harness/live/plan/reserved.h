/* Functions in which nothing is fired, since the agent has traps of its own there: asyncPreempt, where it
 * acts inside the injected call, and those that it executes in the program's place (live/agent/masks.h). And
 * runtime.clone: a new thread finds its arguments below SP, where any signal's frame would overwrite them
 * (runtime/sys_linux_arm64.s); the runtime blocks all signals there. */
#ifndef EVERYPC_LIVE_RESERVED_H
#define EVERYPC_LIVE_RESERVED_H

#include "live/shots.h"
#include "reading.h"

/* Why the function of that number is one, or null. */
const char *reserved_why(const struct reading *r, size_t function);
/* The entry of one that the agent executes, k from 0 on, with its role; false behind the last one. */
bool reserved_entry(struct reading *r, size_t k, struct shots_pc *pc);

#endif
