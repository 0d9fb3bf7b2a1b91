/* Experiments with one shot that failed: each changes one thing, so that what still fails shows where to
 * look. */
#ifndef EVERYPC_BLAME_H
#define EVERYPC_BLAME_H

#include "options.h"

/* What is the same for each shot: the platform's self-test, and
 *   sentinel     a call injected where no table is involved
 * Writes an event "experiment" for that, as blame does for each of its own. */
void blame_begin(const struct options *o);

/* Writes an event "experiment" for each: what it was, and its verdict, an oracle's name or "ok":
 *   undisturbed  several runs without a signal, against the first one
 *   spared       the signal, but the handler leaves the thread alone
 *   again        the same shot, several times
 *   here, restart, entry  the shot with the resumption forced: at its PC, at its Prog, at the case's entry
 * The shot is o->blame, "CASE@+0xOFFSET#STATE", at its o->visit-th visit; of one that names no PC there is
 * none. Returns the probe's exit status. */
int blame(const struct options *o);

#endif
