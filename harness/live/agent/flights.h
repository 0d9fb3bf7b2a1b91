/* Shots whose goroutine has not come back yet, or whose signal is on its way. */
#ifndef EVERYPC_LIVE_FLIGHTS_H
#define EVERYPC_LIVE_FLIGHTS_H

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

#include "inside.h"
#include "live/shots.h"
#include "state.h"
#include "thread.h"

struct flight {
    struct shots_pc *pc; /* null: free */
    uintptr_t sp;        /* of the interrupted code */
    uintptr_t resume;    /* where it will come back to; 0: the signal is on its way */
    bool restarted;      /* it came back to before its PC, and is on its way there again */
    struct state_context before;
    struct inside inside;
    struct handover handover;
};

enum { MAX_FLIGHTS = 64 };
/* Whoever uses them, or a plan's PCs, has the lock. */
extern struct flight flights[MAX_FLIGHTS];

void flights_lock(void);
void flights_unlock(void);

/* A free one, or null. */
struct flight *flight_new(void);
/* That whose signal is on its way to this context, or null. */
struct flight *flight_signalled(const ucontext_t *uc);
/* That whose injected call has come to ROLE_CALL, or null: its frames lie below what was interrupted. */
struct flight *flight_called(const ucontext_t *uc);
/* That whose goroutine this thread ran, and is to hand over, or null. */
struct flight *flight_of_thread(void);

#endif
