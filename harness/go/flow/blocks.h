/* Basic blocks and the edges between them. */
#ifndef EVERYPC_GO_BLOCKS_H
#define EVERYPC_GO_BLOCKS_H

#include "cfg.h"

/* Fills blocks, targets and n_unresolved, and each instruction's block. The instructions, at least one, are
 * in order, and the jumps through tables are resolved. */
void blocks_make(struct cfg *cfg);

#endif
