/* Stacks that move. The runtime never moves one while it is at an asynchronous safe point, since it has no
 * precise pointer maps there (runtime/stack.go, isShrinkStackSafe): the move is asked for inside the injected
 * call, and comes where the goroutine next checks its stack, at a function's entry. */
#ifndef EVERYPC_LIVE_MOVE_H
#define EVERYPC_LIVE_MOVE_H

#include <ucontext.h>

/* The goroutine is about to leave the injected call: has its stack halved where it uses little, else doubled,
 * up to a limit. */
void move_ask(const ucontext_t *uc);
/* Before anything is called inside the injected call: nothing may move the stack there, whoever wanted it. */
void move_withdraw(const ucontext_t *uc);
/* A goroutine is at a trap: whether its stack has moved since. */
void move_look(const ucontext_t *uc);

#endif
