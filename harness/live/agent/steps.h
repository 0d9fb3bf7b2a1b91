/* Further visits of a PC: its trap has to go, so that the instruction executes, and to come back behind it.
 */
#ifndef EVERYPC_LIVE_STEPS_H
#define EVERYPC_LIVE_STEPS_H

#include "live/shots.h"

/* Whether a later visit than the last one is waited for. */
bool steps_wanted(const struct shots_pc *p);
/* Counts a visit, if one is waited for. Whether to fire at it. */
bool steps_visit(struct shots_pc *p);

/* The instruction there executes next: takes its trap away, for good or until control has left it. */
void steps_leave(struct shots_pc *p);
/* The same, but it comes back in any case. */
void steps_leave_for_now(struct shots_pc *p);
/* Control is at a trap: puts those back whose instructions it has left for there. */
void steps_arrive(const struct shots_pc *at);

#endif
