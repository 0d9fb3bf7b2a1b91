/* Shots whose goroutines have not come back yet. */
#ifndef EVERYPC_LIVE_FLIGHTS_H
#define EVERYPC_LIVE_FLIGHTS_H

#include <stdint.h>
#include <ucontext.h>

#include "inside.h"
#include "live/shots.h"
#include "thread.h"

struct flight {
    struct shots_pc *pc; /* null: free */
    uintptr_t sp;        /* of the interrupted code */
    uintptr_t resume;    /* where it will come back to; 0: the signal is on its way */
    ucontext_t before;
    struct inside inside;
    struct handover handover;
};

enum { MAX_FLIGHTS = 64 };

extern struct flight flights[MAX_FLIGHTS];

/* Or null: all are taken. */
struct flight *flights_new(void);
/* That whose signal is on its way to this context. */
struct flight *flights_signalled(const ucontext_t *uc);
/* That whose injected call has come to ROLE_CALL: its frames lie below what was interrupted. */
struct flight *flights_called(const ucontext_t *uc);
/* That whose goroutine this thread ran, and is to hand over. */
struct flight *flights_of_thread(void);

#endif
