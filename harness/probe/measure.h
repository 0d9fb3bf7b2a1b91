/* What an injected call really loses: measured, for stubs whose losses are not known (a Go binary's own
 * asyncPreempt).
 *
 * The cases (arch/<arch>/insn/measure.S) do nothing, or copy REGTMP, and their tables allow the call at every
 * PC. A bit of a register that ends differently than without a signal is lost, whatever an oracle would make
 * of it; so is a byte below the stack pointer that changed. */
#ifndef EVERYPC_MEASURE_H
#define EVERYPC_MEASURE_H

#include "options.h"

/* Fires at every PC of all the cases, from several initial states, and a second signal at every PC of the
 * stub; then writes an event "lost" for each register: its bits in memory order, as hexadecimal digits. A
 * case "copy.<tmp>.<reg>" shows <tmp> by what it finds in <reg>. What crashes or hangs is reported as an
 * event "fail". */
void measure_run(const struct options *o);

#endif
