/* How the agent asks a binary's runtime for a preemption, found in its code, so that stripped binaries will
 * do.
 */
#ifndef EVERYPC_LIVE_REQUEST_H
#define EVERYPC_LIVE_REQUEST_H

#include "plan.h"
#include "reading.h"

/* Fills head.sigtable and, without a plain signal, allp, p_preempt, async_preempt and, as far as they are
 * there, g_preempt, gc, callers and wakep. False and one line in *e. */
bool request_find(struct reading *r, struct shots_head *head, struct error *e);

#endif
