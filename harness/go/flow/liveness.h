/* Which units' values are needed later: backward over a function's graph. */
#ifndef EVERYPC_GO_LIVENESS_H
#define EVERYPC_GO_LIVENESS_H

#include "cfg.h"
#include "unitset.h"

struct liveness; /* keeps its memory from one function to the next */
struct liveness *liveness_new(void);
void liveness_free(struct liveness *l);

/* Computes it for the units of `mask`, which must be such that no call gets or leaves a value in them that
 * its caller or callee needs: calls kill all of them, returns and jumps out of the function need none. Jumps
 * that could not be resolved go to any root. */
void liveness_run(struct liveness *l, const struct cfg *cfg, const struct unitset *mask);

/* The same for members of another kind than units. `step` takes what is needed after instruction k to what
 * is needed before it: what it takes away and what it adds must not depend on what else is in the set.
 */
typedef void live_step(void *context, int32_t k, struct unitset *live);
void liveness_run_by(struct liveness *l, const struct cfg *cfg, live_step *step, void *context);

/* What is live before instruction k, by offset. */
const struct unitset *liveness_at(const struct liveness *l, int32_t k);

#endif
