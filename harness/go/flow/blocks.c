/* Makes basic blocks of a function's instructions (blocks.h). */
#include "blocks.h"

#include "cfg_memory.h"
#include "go/binary/grow.h"

/* The instruction, by offset, that decides where control goes after number k: k itself, or the branch whose
 * delay slot it is. */
static int32_t decider(const struct cfg *cfg, int32_t k)
{
    return cfg_at(cfg, k)->in_delay_slot && k > 0 && cfg_at(cfg, k - 1)->fx.flags & HAS_DELAY_SLOT ? k - 1
                                                                                                   : k;
}

static void mark_leader(struct cfg *cfg, uint64_t offset)
{
    int32_t i = cfg_found_at(cfg, offset);
    if (i != NO_INDEX)
        cfg->insns[i].block = 0;
}

static void mark_leaders(struct cfg *cfg)
{
    struct cfg_memory *m = cfg->memory;
    cfg_at(cfg, 0)->block = 0;
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        struct insn *insn = cfg_at(cfg, k);
        const struct effects *fx = &cfg_at(cfg, decider(cfg, k))->fx;
        bool waits = insn->fx.flags & HAS_DELAY_SLOT;
        if (!waits && ((fx->flow != FLOW_NEXT && !effects_call(fx)) || cfg_ends_path(cfg, fx)))
            mark_leader(cfg, insn->end);
        if (fx->flow == FLOW_JUMP || fx->flow == FLOW_BRANCH)
            mark_leader(cfg, fx->target - cfg->func.entry);
        if (k > 0 && cfg_at(cfg, k - 1)->end != insn->offset)
            insn->block = 0;
    }
    for (size_t i = 0; i < m->n_table_targets; i++)
        mark_leader(cfg, m->table_targets[i]);
}

static void cut_blocks(struct cfg *cfg)
{
    struct cfg_memory *m = cfg->memory;
    cfg->n_blocks = 0;
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        if (cfg_at(cfg, k)->block == 0) {
            cfg->blocks =
                grow(cfg->blocks, &m->block_capacity, (size_t)cfg->n_blocks + 1, sizeof *cfg->blocks);
            cfg->blocks[cfg->n_blocks++] =
                (struct block){.first = k, .successor = {NO_INDEX, NO_INDEX}, .is_root = true};
        }
        cfg_at(cfg, k)->block = cfg->n_blocks - 1;
        cfg->blocks[cfg->n_blocks - 1].last = k;
    }
    cfg->blocks[0].is_root = false;
}

static int32_t block_at(const struct cfg *cfg, uint64_t offset)
{
    int32_t i = cfg_found_at(cfg, offset);
    return i == NO_INDEX ? NO_INDEX : cfg->insns[i].block;
}

static void connect(struct cfg *cfg, struct block *b, int32_t to)
{
    if (to == NO_INDEX)
        return;
    b->successor[b->successor[0] == NO_INDEX ? 0 : 1] = to;
    cfg->blocks[to].is_root = false;
}

static void connect_blocks(struct cfg *cfg)
{
    struct cfg_memory *m = cfg->memory;
    cfg->n_targets = (int32_t)m->n_table_targets;
    cfg->targets = grow(cfg->targets, &m->target_capacity, m->n_table_targets + 1, sizeof *cfg->targets);
    cfg->n_unresolved = 0;
    for (int32_t i = 0; i < cfg->n_blocks; i++) {
        struct block *b = &cfg->blocks[i];
        struct insn *last = cfg_at(cfg, b->last);
        const struct effects *fx = &cfg_at(cfg, decider(cfg, b->last))->fx;
        if (last->fx.flags &
            HAS_DELAY_SLOT) { /* something jumps to the delay slot, which begins a block of its own */
            connect(cfg, b, block_at(cfg, last->end));
            continue;
        }
        if (!cfg_ends_path(cfg, fx))
            connect(cfg, b, block_at(cfg, last->end));
        if (fx->flow == FLOW_JUMP || fx->flow == FLOW_BRANCH)
            connect(cfg, b, block_at(cfg, fx->target - cfg->func.entry));
    }
    for (size_t j = 0; j < m->n_jumps; j++) {
        const struct jump *jump = &m->jumps[j];
        struct block *b = &cfg->blocks[cfg->insns[jump->insn].block];
        b->table = jump->first;
        b->n_table = jump->n;
        b->goes_anywhere = jump->n == 0;
        cfg->n_unresolved += jump->n == 0;
        for (int32_t t = 0; t < jump->n; t++) {
            cfg->targets[jump->first + t] = block_at(cfg, m->table_targets[jump->first + t]);
            cfg->blocks[cfg->targets[jump->first + t]].is_root = false;
        }
    }
}

void blocks_make(struct cfg *cfg)
{
    mark_leaders(cfg);
    cut_blocks(cfg);
    connect_blocks(cfg);
}
