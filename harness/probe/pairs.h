/* The oracle "pairs": several signals in one run. A second signal at every PC after the first, the restart
 * target included; and progress: up to 16 signals in a row at the same PC, after which the case must still
 * come to its end, and to the right one. */
#ifndef EVERYPC_PAIRS_H
#define EVERYPC_PAIRS_H

#include <stdbool.h>
#include <stdint.h>

#include "run.h"

/* What the id of a series that failed says behind its state: of a pair with the second PC's offset behind it,
 * of signals in a row. */
#define PAIR_ID     ":then+0x"
#define PROGRESS_ID ":16"

/* For a case whose every single shot passes. Fills in the tally: pairs run, of how many; runs of signals in a
 * row. */
void pairs_case(struct run *r);

/* All pairs that begin at one PC, and the signals in a row at it, from the state that `r` is in: for --repro.
 */
void pairs_pc(struct run *r, uint32_t a);
/* The one that an id names; false if there is none. */
bool pairs_repro(struct run *r, uint32_t a, const char *how);

#endif
