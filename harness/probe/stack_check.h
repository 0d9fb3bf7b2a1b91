/* The stack guard of the simulated thread, and the count of the calls of morestack. */
#ifndef EVERYPC_STACK_CHECK_H
#define EVERYPC_STACK_CHECK_H

#include <stdbool.h>
#include <stdint.h>

/* What a prologue's stack check reads, and what stands in for morestack writes. A runtime that wants to
 * preempt a thread raises its guard so that the next check fails (Go: g.stackguard0 = stackPreempt), and
 * sends the signal as well; who comes first, the injected call or morestack, lowers it. So each run begins
 * with the guard raised, and the request must be answered once. A case finds it at arena+7680: the guard, to
 * be compared with SP unsigned, then the count of calls of morestack, which it adds to when it sets the guard
 * to 0. */
extern struct stack_check {
    uintptr_t guard, morestacks;
} everypc_stack_check;
/* What each run begins with. */
void stack_guard_raise(void);
bool stack_guard_raised(void);
/* The injected call has answered the request. */
void stack_guard_lower(void);

#endif
