/* Under test: what a runtime does on Windows to preempt a thread, where it sends a signal on POSIX. */
#ifndef EVERYPC_PREEMPT_THREAD_H
#define EVERYPC_PREEMPT_THREAD_H

#include <ucontext.h>

#include "probe/handle.h"

/* Called in another thread than the one that `thread` is a handle of and *t describes: stops it, decides
 * where it stands, makes it call async_preempt if it may, and lets it go on. What it decided. */
struct decision preempt_thread(struct thread *t, HANDLE thread);

/* The harness (request.c) stands between the code under test and Windows: it calls the functions of the same
 * names, sees in which order, and has happen meanwhile what may. */
DWORD WINAPI everypc_SuspendThread(HANDLE thread);
DWORD WINAPI everypc_ResumeThread(HANDLE thread);
BOOL WINAPI everypc_GetThreadContext(HANDLE thread, CONTEXT *context);
BOOL WINAPI everypc_SetThreadContext(HANDLE thread, const CONTEXT *context);
#ifndef EVERYPC_BETWEEN
#define SuspendThread    everypc_SuspendThread
#define ResumeThread     everypc_ResumeThread
#define GetThreadContext everypc_GetThreadContext
#define SetThreadContext everypc_SetThreadContext
#endif

#endif
