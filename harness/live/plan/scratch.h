/* Where a function needs the register that an injected call loses by design, Go's REGTMP. */
#ifndef EVERYPC_LIVE_SCRATCH_H
#define EVERYPC_LIVE_SCRATCH_H

#include "go/flow/liveness.h"

/* Computes it for a function. */
void scratch_run(struct liveness *l, const struct cfg *cfg);
/* Whether the instruction at an offset, or one behind it, reads what REGTMP holds there. After scratch_run.
 */
bool scratch_needed(const struct liveness *l, const struct cfg *cfg, uint32_t offset);

#endif
