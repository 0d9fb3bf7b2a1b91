/* Signals in a system call that blocks, where no pin can be: the thread is sent into the call, and the signal
 * comes while it is there. The case says by BLOCKS what the kernel makes of that (enum case_call), and with
 * it at which PC the handler finds the thread. What the case ends with must be the same as without a signal:
 * after EINTR it is to call again. */
#ifndef EVERYPC_BLOCKED_H
#define EVERYPC_BLOCKED_H

#include <stdbool.h>
#include <stdint.h>

#include "run.h"

/* What the id of such a shot says behind its state; its PC is where the handler finds the thread. */
#define BLOCKED_ID ":blocked"

/* Sends a signal into the call at PC number `pc` from the state that `r` is in. False, which is a failure of
 * oracle "coverage", if none came while the thread was there. */
bool blocked_fire(struct run *r, uint32_t pc, struct state *out, struct shot *s);

/* The same from initial state `k`, whose registers are *in, without any judgement: s->landed says whether it
 * came. */
void blocked_try(const struct request *q, struct pins *p, uint32_t pc, uint64_t seed, int k,
                 const struct state *in, struct state *out, struct shot *s);

/* The PC number of the call that a signal found at PC number `at`; `at` if there is none. */
uint32_t blocked_call(const struct test_case *c, uint32_t at);

#endif
