/* Where an injected call comes by, for what the agent does inside it (shots_head.inside). */
#ifndef EVERYPC_LIVE_BEHIND_H
#define EVERYPC_LIVE_BEHIND_H

#include "plan.h"
#include "reading.h"

/* Adds the PCs of ROLE_CALL and, as far as they are wanted, ROLE_SCHEDULE and ROLE_ENTRY. False without
 * memory. */
bool behind_add(struct plan *p, struct reading *r);

#endif
