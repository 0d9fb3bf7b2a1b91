/* What a person needs to see of a shot, as events for the driver, which draws them (--repro or --blame with
 * --explain):
 * "code" for each Prog, "insn" for each PC, "differs" for each register and run of bytes in which an end
 * state is another than it should be. */
#ifndef EVERYPC_EXPLAIN_H
#define EVERYPC_EXPLAIN_H

#include "case.h"

/* Once, before the case is fired at: its bytes must be its own, without a pin.
 *   init: text ("x1 = arena+64", as INIT takes it; of two sets of values the first)
 *   property: word (FRAGMENT and so on, as a .S file says it)
 *   code: prog (its number), text, source, mark (unencoded)
 *   insn: pc (bytes from the entry), bytes (hex, in the order of memory), prog, value (what the encoded table
 *         says; with `damage` instead, why it can't be read), sp_delta (left out where no table says),
 *         reportable
 * From then on each end state that is compared and found wrong is explained, as it is met:
 *   differs: what ("x2", "arena+8"), expected, got and bits (hex; bits: those that differ). At most 64 for
 *   one end state; `more` in the last one says how many there are besides. */
void explain_case(const struct test_case *c);

#endif
