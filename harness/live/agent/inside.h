/* What happens inside the injected call, where it comes back from the scheduler: registers are overwritten,
 * and the collector runs. */
#ifndef EVERYPC_LIVE_INSIDE_H
#define EVERYPC_LIVE_INSIDE_H

#include <stdbool.h>
#include <ucontext.h>

#include "live/shots.h"

struct inside {
    bool collecting;    /* between the call of the collector and its return */
    uint64_t words[64]; /* what the words at the addresses in registers were; by the words' order */
};

/* Whether a collection inside a call injected here would lack room on the stack, and the function that is
 * about to be entered may have it doubled. `again`: it has been asked to, and begins anew; if it has not
 * looked, it never does. (What was asked for may have been overwritten meanwhile by the scheduler's own
 * request.) */
bool inside_wants_room(const ucontext_t *uc, bool again);

/* The interrupted goroutine has come to ROLE_CALL; `before` is its interrupted state. Returns true if it
 * comes there again, for which the trap has to stay. */
bool inside_call(struct inside *in, struct shots_pc *shot, const ucontext_t *before, ucontext_t *uc);

#endif
