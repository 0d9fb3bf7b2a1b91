/* The watchdog: ends a run that takes more CPU time than it may, by SIGPROF; or one that blocks, by the clock
 * on the wall and SIGALRM. */
#ifndef EVERYPC_WATCHDOG_H
#define EVERYPC_WATCHDOG_H

#include <stdbool.h>
#include <stdint.h>

enum { PATIENCE_MS = 10000 }; /* unless a request asks for another */

/* Starts the timer; in each process, as a fork has none. False and errno if the system refuses. */
bool watchdog_begin(void);
/* A run begins that may take this long; 0: PATIENCE_MS. Whether it blocks, as while it does it takes no CPU
 * time; then watchdog_stop is to end it. */
void watchdog_start(uint32_t patience_ms, bool blocks);
void watchdog_stop(void);
/* At each SIGPROF or SIGALRM: whether its time is over. */
bool watchdog_tick(void);

#endif
