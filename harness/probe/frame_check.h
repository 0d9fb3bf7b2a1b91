/* What push_call must have done: the oracle "frame" at the moment of the injection. Shares nothing with
 * push_call: it knows the architecture's frame_rule (frame.h), which says the same as data. */
#ifndef EVERYPC_FRAME_CHECK_H
#define EVERYPC_FRAME_CHECK_H

#include <stdint.h>
#include <ucontext.h>

#include "shot.h"

enum { FRAME_SLOTS = 4 };

/* Notes, before the handler runs, what FRAME_REG slots must hold. */
void frame_before(const ucontext_t *uc, uintptr_t pushed[FRAME_SLOTS]);

/* Holds the context after an injection against frame_rule and the interrupted context; fills the shot's
 * frame_ok (true so far), its texts and resume_pc. Overwrites the pushed word that
 * nothing may count on, where there is one. */
void frame_check(struct shot *s, const uintptr_t *pushed, const ucontext_t *after);

/* Notes for the adversary what the registers that push_call has changed held before. */
void frame_interrupted(const struct shot *s, const uintptr_t *pushed);

/* How many bytes it moves the stack pointer down. */
uint32_t frame_drop(void);

/* Notes a difference, if it is the shot's first. */
void frame_differs(struct shot *s, const char *what, uintptr_t expected, uintptr_t got);

#endif
