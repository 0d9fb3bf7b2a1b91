/* What the agent unwinds by: each function's SP-delta table. */
#ifndef EVERYPC_LIVE_STACKS_H
#define EVERYPC_LIVE_STACKS_H

#include "plan.h"

/* Fills p->all and p->tables. False without memory. */
bool stacks_add(const struct gobin *bin, struct plan *p);

#endif
