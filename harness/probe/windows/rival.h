/* A thread that wants to preempt the controller just when that is preempting: if both got as far as
 * SuspendThread, each would wait for the other for ever (golang/go#36492). It only goes as far as the lock of
 * the code under test lets it: what it asks of Windows, the harness does not pass on. No one else's than this
 * folder's. */
#ifndef EVERYPC_RIVAL_H
#define EVERYPC_RIVAL_H

#include <stdbool.h>

/* Starts the thread, which waits. False if the system refuses. */
bool rival_begin(void);
/* Whether it is the one that calls. */
bool rival_calls(void);
/* It has come to SuspendThread. */
void rival_suspends(void);
/* Sends it out, and returns whether it comes to SuspendThread meanwhile. */
bool rival_comes_in(void);
/* Waits until it is back; at once if it is. */
void rival_home(void);

#endif
