/* Which units' values are needed later: backward over a function's graph. */
#ifndef EVERYPC_LIVENESS_H
#define EVERYPC_LIVENESS_H

#include "cfg.h"

struct liveness; /* keeps its memory from one function to the next */
struct liveness *liveness_new(void);
void liveness_free(struct liveness *l);

/* Computes it for the units of `mask`, which must be such that no call gets or leaves a value in them that
 * its caller or callee needs: calls kill all of them, returns and jumps out of the function need none. Jumps
 * that could not be resolved go to any root. */
void liveness_run(struct liveness *l, const struct cfg *cfg, const struct unitset *mask);

/* The same for members of another kind than units. `step` takes what is needed behind instruction k to what
 * is needed in front of it: what it takes away and what it adds must not depend on what else is in the set.
 */
typedef void live_step(void *context, int32_t k, struct unitset *live);
void liveness_run_by(struct liveness *l, const struct cfg *cfg, live_step *step, void *context);

/* What is live in front of instruction k, by offset. */
const struct unitset *liveness_at(const struct liveness *l, int32_t k);

static inline bool unitset_empty(const struct unitset *s)
{
    return (s->w[0] | s->w[1] | s->w[2] | s->w[3]) == 0;
}

static inline struct unitset unitset_and(const struct unitset *a, const struct unitset *b)
{
    return (struct unitset){{a->w[0] & b->w[0], a->w[1] & b->w[1], a->w[2] & b->w[2], a->w[3] & b->w[3]}};
}

static inline struct unitset unitset_or(const struct unitset *a, const struct unitset *b)
{
    return (struct unitset){{a->w[0] | b->w[0], a->w[1] | b->w[1], a->w[2] | b->w[2], a->w[3] | b->w[3]}};
}

static inline struct unitset unitset_minus(const struct unitset *a, const struct unitset *b)
{
    return (struct unitset){{a->w[0] & ~b->w[0], a->w[1] & ~b->w[1], a->w[2] & ~b->w[2], a->w[3] & ~b->w[3]}};
}

static inline bool unitset_same(const struct unitset *a, const struct unitset *b)
{
    struct unitset x = unitset_minus(a, b), y = unitset_minus(b, a);
    return unitset_empty(&x) && unitset_empty(&y);
}

#endif
