/* A file descriptor, a read of which blocks until the next tick: for cases that block in a system call which
 * the kernel begins again after a signal (INIT "R1 = ticker"). */
#ifndef EVERYPC_TICKER_H
#define EVERYPC_TICKER_H

/* The first tick comes in TICK_MS from now, the others as far apart. The descriptor is opened once and stays
 * open; -1 if the system refuses, so that the case's read fails. */
enum { TICK_MS = 4 };
int ticker_start(void);

#endif
