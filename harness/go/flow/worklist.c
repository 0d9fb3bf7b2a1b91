/* A stack of blocks and a bit for each (worklist.h). */
#include "worklist.h"

#include <string.h>

#include "go/binary/grow.h"

void worklist_begin(struct worklist *w, int32_t n_blocks)
{
    size_t n = (size_t)n_blocks;
    w->n = 0;
    w->blocks = grow(w->blocks, &w->capacity, n, sizeof *w->blocks);
    w->waits = grow(w->waits, &w->waits_capacity, n, sizeof *w->waits);
    memset(w->waits, 0, n * sizeof *w->waits);
}

void worklist_add(struct worklist *w, int32_t block)
{
    if (w->waits[block])
        return;
    w->waits[block] = true;
    w->blocks[w->n++] = block;
}

bool worklist_take(struct worklist *w, int32_t *block)
{
    if (w->n == 0)
        return false;
    *block = w->blocks[--w->n];
    w->waits[*block] = false;
    return true;
}

void worklist_free(struct worklist *w)
{
    free(w->blocks);
    free(w->waits);
    *w = (struct worklist){0};
}
