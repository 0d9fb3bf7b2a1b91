/* What push_call must have done: the oracle "frame" at the moment of the injection. Shares nothing with
 * push_call: it knows the architecture's frame_rule (frame.h), which says the same as data. */
#ifndef EVERYPC_FRAME_CHECK_H
#define EVERYPC_FRAME_CHECK_H

#include <stdint.h>
#include <ucontext.h>

#include "shot.h"

enum { FRAME_SLOTS = 4 };

/* What was interrupted: the context, and what FRAME_REG slots must hold. */
struct frame_before {
    ucontext_t context;
    uintptr_t pushed[FRAME_SLOTS];
};

/* Notes it, before the handler runs. */
void frame_before(const ucontext_t *uc, struct frame_before *before);

/* Holds the context after an injection against frame_rule and the interrupted context: only the PC, SP, the
 * link register and what the rule names may differ. Fills the shot's frame_ok (true so far), its texts and
 * resume_pc. Overwrites the pushed word that nothing may count on, where there is one, and makes of
 * before->context what was expected behind push_call. */
void frame_check(struct shot *s, struct frame_before *before, const ucontext_t *after);

/* The same after a refusal: nothing may differ. */
void frame_check_refused(struct shot *s, const struct frame_before *before, const ucontext_t *after);

/* Notes that the code under test broke a rule of the system's on its way (system_request). */
void frame_rule_broken(struct shot *s, const char *rule);

/* Notes for the adversary what the registers that push_call has changed held before. */
void frame_interrupted(const struct shot *s, const struct frame_before *before);

/* How many bytes it moves the stack pointer down. */
uint32_t frame_drop(void);

#endif
