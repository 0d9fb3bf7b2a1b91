/* Windows: what the probe calls ucontext_t is a suspended thread's CONTEXT. */
#ifndef EVERYPC_WINDOWS_UCONTEXT_H
#define EVERYPC_WINDOWS_UCONTEXT_H

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

typedef CONTEXT ucontext_t;

/* What GetThreadContext reports in ContextFlags, where it is asked for it there (winnt.h, which has it under
 * the CONTEXT_ names, but not for every architecture): the thread is in the kernel for an exception or for a
 * system call. */
enum { UCONTEXT_EXCEPTION = 0x08000000, UCONTEXT_SYSTEM_CALL = 0x10000000, UCONTEXT_ASK = 0x40000000 };
#define UCONTEXT_REPORTED 0x80000000u
#define UCONTEXT_BUSY     (UCONTEXT_EXCEPTION | UCONTEXT_SYSTEM_CALL)

/* The harness' own: another thread wants to preempt the one that preempts this one. */
#define UCONTEXT_RIVAL 0x02000000u
/* What a scene may say in ContextFlags, and Windows is not told. */
#define UCONTEXT_SCENE (UCONTEXT_BUSY | UCONTEXT_RIVAL)

#endif
