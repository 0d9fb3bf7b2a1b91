/* The watchdog: ends a run that takes more CPU time than it may, by SIGPROF. */
#ifndef EVERYPC_WATCHDOG_H
#define EVERYPC_WATCHDOG_H

#include <stdbool.h>
#include <stdint.h>

enum { PATIENCE_MS = 10000 }; /* unless a request asks for another */

/* Starts the timer; in each process, as a fork has none. False and errno if the system refuses. */
bool watchdog_begin(void);
/* A run begins that may take this long; 0: PATIENCE_MS. */
void watchdog_start(uint32_t patience_ms);
/* At each SIGPROF: whether its time is over. */
bool watchdog_tick(void);

#endif
