/* Each block hands the set after it on to its successors until no set grows (sets.h). */
#include "sets.h"

#include <string.h>

#include "go/binary/grow.h"
#include "worklist.h"

struct sets {
    struct unitset *in; /* by block */
    size_t capacity;
    struct worklist work;
    const struct unitset *out; /* after the block that is being handed on */
};

struct sets *sets_new(void)
{
    return calloc(1, sizeof(struct sets));
}

void sets_free(struct sets *s)
{
    if (!s)
        return;
    free(s->in);
    worklist_free(&s->work);
    free(s);
}

static void hand_on(void *context, int32_t successor)
{
    struct sets *s = context;
    struct unitset more = unitset_or(&s->in[successor], s->out);
    if (unitset_same(&more, &s->in[successor]))
        return;
    s->in[successor] = more;
    worklist_add(&s->work, successor);
}

const struct unitset *sets_spread(struct sets *s, const struct cfg *cfg, const struct unitset *entry,
                                  set_step *step, void *context)
{
    size_t n = (size_t)cfg->n_blocks;
    s->in = grow(s->in, &s->capacity, n, sizeof *s->in);
    memset(s->in, 0, n * sizeof *s->in);
    if (entry)
        s->in[0] = *entry;
    worklist_begin(&s->work, cfg->n_blocks);
    for (int32_t b = cfg->n_blocks - 1; b >= 0; b--)
        worklist_add(&s->work, b);
    for (int32_t b; worklist_take(&s->work, &b);) {
        struct unitset out = s->in[b];
        for (int32_t k = cfg->blocks[b].first; k <= cfg->blocks[b].last; k++)
            step(context, k, &out);
        s->out = &out;
        cfg_successors(cfg, &cfg->blocks[b], hand_on, s);
    }
    return s->in;
}
