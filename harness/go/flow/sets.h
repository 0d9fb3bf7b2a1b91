/* Sets of units that only grow, forward over a function's graph: "on some way from the entry". */
#ifndef EVERYPC_GO_SETS_H
#define EVERYPC_GO_SETS_H

#include "cfg.h"
#include "unitset.h"

struct sets; /* keeps its memory from one function to the next */
struct sets *sets_new(void);
void sets_free(struct sets *s);

/* `step` takes a set over instruction k, by offset. */
typedef void set_step(void *context, int32_t k, struct unitset *set);
/* The set at the start of each block; at the entry it is *entry, or empty if that is null. Valid until the
 * next call. */
const struct unitset *sets_spread(struct sets *s, const struct cfg *cfg, const struct unitset *entry,
                                  set_step *step, void *context);

#endif
