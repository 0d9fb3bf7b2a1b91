/* The runtime's own traceback of the interrupted goroutine, compared with the walk by SP deltas. */
#ifndef EVERYPC_LIVE_TRACEBACK_H
#define EVERYPC_LIVE_TRACEBACK_H

#include <stdbool.h>
#include <ucontext.h>

#include "live/shots.h"

enum { MAX_TRACE = 128, MAX_ARGUMENTS = 12 };

struct traceback {
    uintptr_t pcs[MAX_TRACE];       /* what it found; 0 behind the last one */
    uintptr_t saved[MAX_ARGUMENTS]; /* the words at SP, where arguments may go */
};

/* Has the goroutine call runtime.callers, from inside the injected call. False if the program has none. */
bool traceback_begins(struct traceback *t, ucontext_t *uc);
/* It is back. `shot` is where the goroutine was interrupted, `before` its state there. */
void traceback_ends(const struct traceback *t, struct shots_pc *shot, const ucontext_t *before,
                    const ucontext_t *uc);

#endif
