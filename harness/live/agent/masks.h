/* The traps' signal is never blocked in a Go program, and its action is the agent's. A trap that is met with
 * its signal blocked would end the program, and the runtime blocks all signals around the start and the end
 * of a thread, before a fork, and in its handlers. So two of its functions, runtime.rtsigprocmask and
 * runtime.rt_sigaction, through which all of that goes in a program without cgo, have a trap at their entry
 * that stays, and the agent executes them. */
#ifndef EVERYPC_LIVE_MASKS_H
#define EVERYPC_LIVE_MASKS_H

#include <stdbool.h>
#include <ucontext.h>

#include "kernel.h"
#include "live/shots.h"

/* Once the plan is mapped: puts these traps there. False if the plan has none. */
bool masks_begin(void);
/* Executes the function whose entry control has come to; returns false at any other PC. */
bool masks_execute(const struct shots_pc *at, ucontext_t *uc);
/* What the program itself would do about the traps' signal; its handler is 0 for the default action. */
const struct kernel_sigaction *masks_trap_action(void);

#endif
