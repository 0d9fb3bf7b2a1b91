/* Blocks that are still to be looked at, for a pass that goes on until nothing changes: last in, first out,
 * each waiting at most once. Zero is an empty one that has no memory yet; it keeps its memory from one pass
 * to the next. */
#ifndef EVERYPC_GO_WORKLIST_H
#define EVERYPC_GO_WORKLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct worklist {
    int32_t *blocks;
    size_t n, capacity;
    bool *waits; /* by block */
    size_t waits_capacity;
};

/* Empties it, for blocks of numbers from 0 to n_blocks - 1. */
void worklist_begin(struct worklist *w, int32_t n_blocks);
void worklist_add(struct worklist *w, int32_t block);
/* Takes the one that was added last; false if the list is empty. */
bool worklist_take(struct worklist *w, int32_t *block);
void worklist_free(struct worklist *w);

#endif
