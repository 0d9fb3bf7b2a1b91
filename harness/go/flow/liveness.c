/* Liveness by blocks, then by instructions (liveness.h). Each block is looked at again only when a successor
 * has become needier, so the work is bounded by edges times units. */
#include "liveness.h"

#include <string.h>

#include "go/binary/grow.h"
#include "worklist.h"

struct block_live {
    struct unitset use, kill, in;
    int32_t first_pred, n_preds;
};

struct liveness {
    struct unitset *at; /* by instruction, by offset */
    size_t at_capacity;
    struct block_live *block;
    size_t block_capacity;
    int32_t *preds, *wanderers; /* wanderers: the blocks that go anywhere */
    size_t pred_capacity, wanderer_capacity;
    int32_t n_wanderers;
    struct worklist work;
    struct unitset anywhere; /* live at some root */
    const struct cfg *cfg;
    live_step *step;
    void *context;
    struct unitset mask;
    bool nothing; /* the function reads no unit of the mask */
};

struct liveness *liveness_new(void)
{
    return calloc(1, sizeof(struct liveness));
}

void liveness_free(struct liveness *l)
{
    if (!l)
        return;
    free(l->at);
    free(l->block);
    free(l->preds);
    free(l->wanderers);
    worklist_free(&l->work);
    free(l);
}

static void step_units(void *context, int32_t k, struct unitset *live)
{
    const struct liveness *l = context;
    const struct insn *insn = cfg_at(l->cfg, k);
    if (insn->call_ends)
        *live = (struct unitset){{0}};
    *live = unitset_minus(live, &insn->fx.kills);
    struct unitset reads = unitset_and(&insn->fx.reads, &l->mask);
    *live = unitset_or(live, &reads);
}

/* A block adds what it needs when nothing is needed after it, and takes away what is not left of everything.
 */
static void summarise(struct liveness *l, const struct block *b, struct block_live *s)
{
    struct unitset all = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}}, kept = all;
    s->use = (struct unitset){{0}};
    for (int32_t k = b->last; k >= b->first; k--) {
        l->step(l->context, k, &s->use);
        l->step(l->context, k, &kept);
    }
    s->kill = unitset_minus(&all, &kept);
    s->in = s->use;
}

static void count_pred(void *context, int32_t successor)
{
    struct liveness *l = context;
    l->block[successor].n_preds++;
}

struct pred {
    struct liveness *l;
    int32_t block;
};

static void note_pred(void *context, int32_t successor)
{
    struct pred *p = context;
    struct block_live *s = &p->l->block[successor];
    p->l->preds[s->first_pred + s->n_preds++] = p->block;
}

static void find_preds(struct liveness *l)
{
    const struct cfg *cfg = l->cfg;
    int32_t n = 0;
    l->n_wanderers = 0;
    l->wanderers = grow(l->wanderers, &l->wanderer_capacity, (size_t)cfg->n_blocks, sizeof *l->wanderers);
    for (int32_t b = 0; b < cfg->n_blocks; b++) {
        cfg_successors(cfg, &cfg->blocks[b], count_pred, l);
        if (cfg->blocks[b].goes_anywhere)
            l->wanderers[l->n_wanderers++] = b;
    }
    for (int32_t b = 0; b < cfg->n_blocks; b++) {
        l->block[b].first_pred = n;
        n += l->block[b].n_preds;
        l->block[b].n_preds = 0;
    }
    l->preds = grow(l->preds, &l->pred_capacity, (size_t)n, sizeof *l->preds);
    for (int32_t b = 0; b < cfg->n_blocks; b++) {
        struct pred p = {l, b};
        cfg_successors(cfg, &cfg->blocks[b], note_pred, &p);
    }
}

struct sum {
    const struct liveness *l;
    struct unitset live;
};

static void add_live(void *context, int32_t successor)
{
    struct sum *s = context;
    s->live = unitset_or(&s->live, &s->l->block[successor].in);
}

static struct unitset live_after(const struct liveness *l, int32_t b)
{
    struct sum s = {l, {{0}}};
    cfg_successors(l->cfg, &l->cfg->blocks[b], add_live, &s);
    if (l->cfg->blocks[b].goes_anywhere)
        s.live = unitset_or(&s.live, &l->anywhere);
    return s.live;
}

static void settle(struct liveness *l)
{
    const struct cfg *cfg = l->cfg;
    worklist_begin(&l->work, cfg->n_blocks);
    for (int32_t b = 0; b < cfg->n_blocks; b++)
        worklist_add(&l->work, b);
    for (int32_t b; worklist_take(&l->work, &b);) {
        struct block_live *s = &l->block[b];
        struct unitset in = live_after(l, b);
        in = unitset_minus(&in, &s->kill);
        in = unitset_or(&in, &s->use);
        bool grown = !unitset_same(&in, &s->in);
        s->in = in;
        for (int32_t p = 0; grown && p < s->n_preds; p++)
            worklist_add(&l->work, l->preds[s->first_pred + p]);
        if (!cfg->blocks[b].is_root)
            continue;
        struct unitset anywhere = unitset_or(&l->anywhere, &in);
        if (!unitset_same(&anywhere, &l->anywhere)) {
            l->anywhere = anywhere;
            for (int32_t w = 0; w < l->n_wanderers; w++)
                worklist_add(&l->work, l->wanderers[w]);
        }
    }
}

void liveness_run_by(struct liveness *l, const struct cfg *cfg, live_step *step, void *context)
{
    l->cfg = cfg;
    l->step = step;
    l->context = context;
    l->nothing = false;
    l->anywhere = (struct unitset){{0}};
    l->block = grow(l->block, &l->block_capacity, (size_t)cfg->n_blocks, sizeof *l->block);
    memset(l->block, 0, (size_t)cfg->n_blocks * sizeof *l->block);
    for (int32_t b = 0; b < cfg->n_blocks; b++)
        summarise(l, &cfg->blocks[b], &l->block[b]);
    find_preds(l);
    settle(l);
    l->at = grow(l->at, &l->at_capacity, (size_t)cfg->n_insns, sizeof *l->at);
    for (int32_t b = 0; b < cfg->n_blocks; b++) {
        struct unitset live = live_after(l, b);
        for (int32_t k = cfg->blocks[b].last; k >= cfg->blocks[b].first; k--) {
            step(context, k, &live);
            l->at[k] = live;
        }
    }
}

void liveness_run(struct liveness *l, const struct cfg *cfg, const struct unitset *mask)
{
    struct unitset reads = {{0}};
    for (int32_t k = 0; k < cfg->n_insns; k++)
        reads = unitset_or(&reads, &cfg->insns[k].fx.reads);
    reads = unitset_and(&reads, mask);
    l->nothing = unitset_empty(&reads);
    if (l->nothing)
        return;
    l->cfg = cfg;
    l->mask = *mask;
    liveness_run_by(l, cfg, step_units, l);
}

const struct unitset *liveness_at(const struct liveness *l, int32_t k)
{
    static const struct unitset none;
    return l->nothing ? &none : &l->at[k];
}
