/* Experiments with one shot that failed: each changes one thing, so that what still fails shows where to
 * look. */
#ifndef EVERYPC_BLAME_H
#define EVERYPC_BLAME_H

#include "options.h"

/* Writes an event "experiment" for each: what it was, and its verdict, an oracle's name or "ok":
 *   sentinel     a call injected where no table is involved
 *   undisturbed  several runs without a signal, against the first one
 *   spared       the signal, but the handler leaves the thread alone
 *   again        the same shot, several times
 *   here, restart, entry  the shot with the resumption forced: at its PC, at its Prog, at the case's entry
 * The shot is o->blame, "CASE@+0xOFFSET#STATE", at its o->visit-th visit; of one that names no PC there is
 * only the sentinel. Returns the probe's exit status. */
int blame(const struct options *o);

#endif
