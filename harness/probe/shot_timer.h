/* The one-shot POSIX timer that sends SIGURG, and how long it waits: as short as possible without many
 * signals that come before the thread spins. */
#ifndef EVERYPC_SHOT_TIMER_H
#define EVERYPC_SHOT_TIMER_H

#include <stdbool.h>
#include <stdint.h>

/* False and errno if the system refuses. */
bool shot_timer_begin(void);
/* A signal as soon as a thread that has just set out can be expected to spin; in so many nanoseconds; none.
 */
void shot_timer_start(void);
void shot_timer_in(uint64_t delay_ns);
void shot_timer_stop(void);
/* The signal came too early: another one, later. */
void shot_timer_again(void);
/* After each shot: keeps the delay short. */
void shot_timer_adapt(void);
/* Signals that came too early. */
uint64_t shot_timer_early(void);

#endif
