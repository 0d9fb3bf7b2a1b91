/* Which instructions can be executed outside of their binary. */
#ifndef EVERYPC_GO_RUNNABLE_H
#define EVERYPC_GO_RUNNABLE_H

#include "sequence.h"

/* How many of the first instructions can be executed elsewhere at all: known, with one way on, no system
 * call; without those that depend on the thread, or that must not be interrupted (load-linked and its store).
 */
int32_t sequence_runnable(const struct sequence *s, const char **why);

#endif
