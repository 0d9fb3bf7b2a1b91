/* The running goroutine's stack, and room on it. */
#ifndef EVERYPC_LIVE_GOROUTINE_H
#define EVERYPC_LIVE_GOROUTINE_H

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

/* The first words of a g (runtime/runtime2.go). */
enum { G_STACK_LOW, G_STACK_HIGH, G_STACK_GUARD };

/* More than any stack pointer, and none of the values that runtime/stack.go gives a meaning: the next
 * function that checks has the stack doubled. */
#define GUARD_GROW ((uintptr_t)-1600)
/* runtime/stack.go, stackPreempt: it has the scheduler called instead. */
#define GUARD_PREEMPT ((uintptr_t)-1314)

/* The running goroutine's g, or null where it can't be found. */
uintptr_t *goroutine(const ucontext_t *uc);

/* Whether its first function's caller could have had this SP: g has it as stktopsp. True, too, where g can't
 * be found. */
bool goroutine_begins_at(const ucontext_t *uc, uintptr_t sp);

/* Whether there is room on its stack for what is called inside an injected call. If not, there will be behind
 * its next calls. */
bool goroutine_has_room(const ucontext_t *uc);

/* As if the call that has just returned to the context's PC had been one of a runtime function, which is
 * given by its address in the file: it returns to there. */
void goroutine_call(ucontext_t *uc, uint64_t function);

#endif
