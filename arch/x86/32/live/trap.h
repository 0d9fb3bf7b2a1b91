/* 386: the agent's trap, and what Go counts on. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#include <stdint.h>

#include "x86/common/live/int3.h"

/* Go counts on nothing behind a call. g is in thread-local storage, the word in front of where GS:0 points.
 */
#define ARCH_LIVE_KEPT(X)
static inline uintptr_t tls_g(void)
{
    uintptr_t end, g;
    __asm__ volatile("mov %%gs:0, %0; mov -4(%0), %1" : "=&r"(end), "=r"(g));
    return g;
}
#define ARCH_LIVE_TLS_G() tls_g()

#endif
