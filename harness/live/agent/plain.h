/* Plain signals: whether the program would take one here, and standing in front of its handler for one shot.
 */
#ifndef EVERYPC_LIVE_PLAIN_AGENT_H
#define EVERYPC_LIVE_PLAIN_AGENT_H

#include <stdbool.h>
#include <ucontext.h>

#include "kernel.h"

/* Before the program is entered. Ends the process for a signal that can't be fired. */
void plain_begin(int number);
/* In a copy of the program that it made by fork(2): the plan is not that process's. */
bool plain_is_child(void);

/* Whether the interrupted code has blocked it. */
bool plain_is_blocked(const ucontext_t *uc, int number);
/* Has it blocked, or not, once the interrupted code goes on. */
void plain_block(ucontext_t *uc, int number, bool blocked);
/* Puts `wrapper` in front of the program's handler. False if it has none. */
bool plain_take(int number, uintptr_t wrapper);
/* Puts the program's handler back, if `wrapper` is still in front of it: a program that looks finds its own.
 */
void plain_give_back(int number, uintptr_t wrapper);
/* The program's own action, as plain_take found it. */
const struct kernel_sigaction *plain_action(void);

/* Blocks what the kernel would while the program's handler runs, but never the traps' signal. */
void plain_unblock(const ucontext_t *uc, int number, const struct kernel_sigaction *action);
void plain_block_all(void);

/* Makes it an action whose handler is one of the agent's: with every signal blocked, and a context. */
void plain_put_in_front(struct kernel_sigaction *action, uintptr_t handler);

#endif
