/* Windows: what the probe calls ucontext_t is a suspended thread's CONTEXT. */
#ifndef EVERYPC_WINDOWS_UCONTEXT_H
#define EVERYPC_WINDOWS_UCONTEXT_H

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

typedef CONTEXT ucontext_t;

#endif
