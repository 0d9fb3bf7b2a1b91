/* What happens inside the injected call, where it comes back from the scheduler: registers are overwritten,
 * the runtime's traceback and collector run, and the stack is asked to move. */
#ifndef EVERYPC_LIVE_INSIDE_H
#define EVERYPC_LIVE_INSIDE_H

#include <stdbool.h>
#include <ucontext.h>

#include "live/shots.h"
#include "traceback.h"

struct inside {
    unsigned steps; /* of inside.c's, begun or passed over */
    bool arrived;
    unsigned arrivals; /* of all its shots */
    long thread;       /* the kernel's number of the one that was interrupted */
    union {
        struct traceback traceback;
        uintptr_t words[64]; /* what the words at the addresses in registers were; by the words' order */
    };
};

/* A call has been injected. */
void inside_begin(struct inside *in);

/* Whether what is called inside a call injected here would lack room on the stack, and the function that is
 * about to be entered may have it doubled. `again`: it has been asked to, and begins anew; if it has not
 * looked, it never does. (What was asked for may have been overwritten meanwhile by the scheduler's own
 * request.) */
bool inside_wants_room(const ucontext_t *uc, bool again);

/* The interrupted goroutine has come to ROLE_CALL; `before` is its interrupted state. Returns true if it
 * comes there again, for which the trap has to stay. */
bool inside_call(struct inside *in, struct shots_pc *shot, const ucontext_t *before, ucontext_t *uc);

#endif
