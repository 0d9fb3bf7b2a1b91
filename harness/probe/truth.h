/* The oracle "truth": what a table could allow at a PC without loss, found by trying. At every PC the call is
 * injected with each resume PC that a table can ask for - here, the start of the Prog or hand-set range, the
 * entry -, from several initial states. The table must not allow what a trial refutes; what it forbids though
 * a trial shows no harm is strict. */
#ifndef EVERYPC_TRUTH_H
#define EVERYPC_TRUTH_H

#include <stdbool.h>
#include <stdint.h>

#include "run.h"

/* What the id of a trial that failed says behind its state. */
#define TRUTH_ID ":truth"

/* Tries every reportable PC of a case whose pins are open, fails what is unsound, and fills in the tally. */
void truth_case(struct run *r);

/* Whether a call injected at PC `pc` that resumes there does no harm, from each of the usual initial states.
 * Reports nothing. */
bool truth_resumes(struct run *r, uint32_t pc);

/* One PC from one initial state, reported in detail: for --repro. */
void truth_pc(struct run *r, uint32_t pc, int state);

#endif
