/* What this folder's files know of each other while the thread under fire is suspended. No one else's. */
#ifndef EVERYPC_SUSPENDED_H
#define EVERYPC_SUSPENDED_H

#include <stdbool.h>
#include <ucontext.h>

/* The thread under fire (controller.c). */
HANDLE controller_thread(void);
/* Whether the last system_request has changed the thread's context, so that it may be another one than it was
 * found with though *uc is the same; asking ends it (request.c). */
bool suspended_has_written(void);
/* Ends work that is done apart (process.c) because the thread has faulted in it: the thread then goes on
 * behind it. False: there is none. */
bool apart_lost(ucontext_t *uc, int signal);

#endif
