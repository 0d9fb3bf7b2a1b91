/* The request of a preemption, as the scheduler makes and answers it. */
#ifndef EVERYPC_LIVE_AGENT_REQUEST_H
#define EVERYPC_LIVE_AGENT_REQUEST_H

#include <stdbool.h>

/* As the scheduler asks (runtime/proc.go, preemptone): of each P, since which one runs this goroutine the
 * agent does not know. */
void request_ask(void);
/* Whether the scheduler has seen the request of some P: it takes it back (runtime/proc.go, schedule). */
bool request_answered(void);

#endif
