/* The controller: the thread that suspends the one under fire, in place of a timer's signals. No one else's
 * than this folder's. */
#ifndef EVERYPC_CONTROLLER_H
#define EVERYPC_CONTROLLER_H

#include <stdbool.h>
#include <stdint.h>

/* Asks for a shot so many nanoseconds after the thread has set out (system_sets_out) or, if it is suspended,
 * is let go on; takes the place of one that is due. */
void controller_ask(uint64_t ns);
/* No shot is due any more. */
void controller_cancel(void);
/* CPU time that the thread under fire has taken so far. */
uint64_t controller_thread_ns(void);

#endif
