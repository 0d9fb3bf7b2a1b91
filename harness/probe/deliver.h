/* Delivering a signal to the code under test: what a runtime's handler would do at this context, and what
 * came of it. Called from the signal handler (fire.c); keeps the thread and the function as the code under
 * test knows them. */
#ifndef EVERYPC_DELIVER_H
#define EVERYPC_DELIVER_H

#include <stdint.h>
#include <ucontext.h>

#include "arch.h"
#include "case.h"
#include "shot.h"

/* Before each run: the thread is at this case, in its own place, and begins with these registers. The request
 * (shot.h) is borrowed until the run ends: its scene, resume PC and stub. */
void deliver_begin(const struct request *q, const struct test_case *c, const struct state *in);
/* The case's code lies at `entry` from now on; and where it lies. */
void deliver_move(const struct test_case *c, const uint8_t *entry);
uintptr_t deliver_entry(void);

/* Asks for preemption, has the code under test decide in the request's scene, or injects the call that the
 * request forces, and notes in the shot what it did. */
void deliver(struct shot *s, ucontext_t *uc);

#endif
