/* Makes a function's graph.
 *
 * Instructions are found by following control from the entry. What that does not reach (the targets of jump
 * tables that can't be resolved; where a deferred call returns to) is swept from each gap's start; bytes that
 * an instruction loads as a literal are data and are left out. Time and memory are linear in the code's size.
 */
#ifndef EVERYPC_GO_CFG_BUILD_H
#define EVERYPC_GO_CFG_BUILD_H

#include "cfg.h"

/* An empty graph that keeps its memory from one function to the next. Null if there is no memory. */
struct cfg *cfg_new(const struct effects_arch *arch);
void cfg_free(struct cfg *cfg);

/* Fills the graph for a function, in place of the one before. `f` is copied; its code must be there. */
void cfg_build(struct cfg *cfg, struct decoder *d, const struct gobin_func *f,
               const struct surroundings *around);

#endif
