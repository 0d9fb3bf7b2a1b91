/* Another thread goes on with the interrupted goroutine: the one that ran it wakes another one where it looks
 * for the next goroutine, and is held there. */
#ifndef EVERYPC_LIVE_THREAD_H
#define EVERYPC_LIVE_THREAD_H

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

/* What a shot in flight keeps of it. */
struct handover {
    long thread;    /* the one that was interrupted; 0: it has done its part */
    bool waking;    /* it has called runtime.wakep */
    uintptr_t link; /* its link register in front of that */
};

/* A call has been injected into this thread's goroutine. */
void thread_begin(struct handover *h);
/* This thread, which has a goroutine to hand over, is at runtime.schedule. False: it calls runtime.wakep
 * first and comes again. True: it is to wait. */
bool thread_has_woken(struct handover *h, ucontext_t *uc);
/* Waits until another thread has changed *arrivals, but not for ever. */
void thread_wait(const unsigned *arrivals, unsigned before);

#endif
