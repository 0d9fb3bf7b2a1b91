/* Sets of units as wholes (insn/effects.h has them member by member). */
#ifndef EVERYPC_GO_UNITSET_H
#define EVERYPC_GO_UNITSET_H

#include "insn/effects.h"

static inline bool unitset_empty(const struct unitset *s)
{
    return (s->w[0] | s->w[1] | s->w[2] | s->w[3]) == 0;
}

/* Takes the first unit out of a set that has one. */
static inline int unitset_take(struct unitset *s)
{
    int i = 0;
    while (!s->w[i])
        i++;
    int bit = __builtin_ctzll(s->w[i]);
    s->w[i] &= s->w[i] - 1;
    return i * 64 + bit;
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
