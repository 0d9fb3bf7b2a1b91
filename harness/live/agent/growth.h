/* Larger stacks at functions' entries, for what is called inside injected calls. */
#ifndef EVERYPC_LIVE_GROWTH_H
#define EVERYPC_LIVE_GROWTH_H

#include <stdbool.h>
#include <ucontext.h>

#include "live/shots.h"

/* Control is at a PC: whether that is a function's entry where the stack has to be doubled first. If so,
 * control is to leave it for now (steps.h), with `signal` blocked for this one instruction: else the runtime
 * could preempt there, and the scheduler would set the stack's guard anew before it is read. */
bool growth_begins(struct shots_pc *p, ucontext_t *uc, int signal);
/* Control is at a PC: ends the blocking if it has come here from such an entry. */
void growth_let_go(const struct shots_pc *at, ucontext_t *uc, int signal);

#endif
