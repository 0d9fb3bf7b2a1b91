/* 386: the trap that the agent puts in an instruction's place: INT3. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#include <stdint.h>

#define ARCH_TRAP \
    { \
        0xcc \
    }
#define ARCH_TRAP_BEHIND 1 /* the signal reports the PC behind it */

#define ARCH_LIVE_WORDS(X)

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
