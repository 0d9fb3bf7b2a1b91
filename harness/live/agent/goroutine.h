/* The goroutine that a context is of. */
#ifndef EVERYPC_LIVE_GOROUTINE_H
#define EVERYPC_LIVE_GOROUTINE_H

#include <stdbool.h>
#include <ucontext.h>

#include <stdint.h>

/* The running goroutine's g, of which runtime/runtime2.go says: stack.lo, stack.hi, stackguard0. 0 where it
 * can't be found. */
uintptr_t goroutine_of(const ucontext_t *uc);

/* Whether its first function's caller could have had this SP: g has it as stktopsp. True, too, where g can't
 * be found. */
bool goroutine_begins_at(const ucontext_t *uc, uintptr_t sp);

#endif
