/* Finds a function's instructions and makes blocks of them (cfg.h). */
#include "cfg.h"

#include <string.h>

#include "cfg_parts.h"
#include "go/binary/memory.h"

/* Of code bytes by quantum: what is there. Numbers of instructions, in the order they were found, are from 0.
 */
enum { NOTHING = -1, INSIDE = -2, DATA = -3 };

struct cfg *cfg_new(const struct effects_arch *arch)
{
    struct cfg *cfg = calloc(1, sizeof *cfg);
    struct cfg_memory *m = calloc(1, sizeof *m);
    if (!cfg || !m) {
        free(cfg);
        free(m);
        return NULL;
    }
    cfg->arch = arch;
    cfg->memory = m;
    m->values = values_new(arch);
    return cfg;
}

void cfg_free(struct cfg *cfg)
{
    if (!cfg)
        return;
    struct cfg_memory *m = cfg->memory;
    free(cfg->insns);
    free(cfg->order);
    free(cfg->blocks);
    free(cfg->targets);
    free(m->map);
    free(m->stack);
    free(m->number);
    free(m->jumps);
    free(m->table_targets);
    values_free(m->values);
    free(m);
    free(cfg);
}

static uint32_t size_of(const struct cfg *cfg)
{
    return (uint32_t)(cfg->func.end - cfg->func.entry);
}

static int32_t *slot(const struct cfg *cfg, uint32_t offset)
{
    return &cfg->memory->map[offset / cfg->arch->target->quantum];
}

/* The instruction that begins there, in the order found, or NO_INDEX. */
static int32_t found_at(const struct cfg *cfg, uint64_t offset)
{
    if (offset >= size_of(cfg) || offset % cfg->arch->target->quantum != 0)
        return NO_INDEX;
    int32_t i = *slot(cfg, (uint32_t)offset);
    return i >= 0 ? i : NO_INDEX;
}

int32_t cfg_find(const struct cfg *cfg, uint32_t offset)
{
    int32_t i = found_at(cfg, offset);
    return i == NO_INDEX ? NO_INDEX : cfg->memory->number[i];
}

/* ---- finding instructions ---- */

static void push(struct cfg *cfg, uint64_t offset)
{
    struct cfg_memory *m = cfg->memory;
    if (offset >= size_of(cfg) || offset % cfg->arch->target->quantum != 0 ||
        found_at(cfg, offset) != NO_INDEX)
        return;
    m->stack = grow(m->stack, &m->stack_capacity, m->n_stack + 1, sizeof *m->stack);
    m->stack[m->n_stack++] = (uint32_t)offset;
}

/* Literals in the code are no instructions. */
static void mark_literals(struct cfg *cfg, const struct effects *fx)
{
    for (int i = 0; i < fx->n_mem; i++) {
        const struct effect_mem *mem = &fx->mem[i];
        uint64_t offset = (uint64_t)mem->disp - cfg->func.entry;
        if (mem->base != NO_UNIT || mem->index != NO_UNIT || !mem->load || offset >= size_of(cfg))
            continue;
        for (uint64_t at = offset; at < offset + (mem->size ? mem->size : 1) && at < size_of(cfg);
             at += cfg->arch->target->quantum)
            if (*slot(cfg, (uint32_t)at) == NOTHING)
                *slot(cfg, (uint32_t)at) = DATA;
    }
}

static int32_t decode(struct cfg *cfg, struct decoder *d, uint32_t offset, bool swept)
{
    struct cfg_memory *m = cfg->memory;
    int32_t i = cfg->n_insns++;
    cfg->insns = grow(cfg->insns, &m->insn_capacity, (size_t)cfg->n_insns, sizeof *cfg->insns);
    struct insn *insn = &cfg->insns[i];
    enum decode_result r =
        decoder_insn(d, cfg->func.code + offset, size_of(cfg) - offset, cfg->func.entry + offset, &insn->fx);
    insn->known = r == DECODED ? INSN_KNOWN : r == DECODE_UNKNOWN ? INSN_UNKNOWN : INSN_INVALID;
    if (r != DECODED) {
        uint8_t size = r == DECODE_UNKNOWN ? insn->fx.size : (uint8_t)cfg->arch->target->quantum;
        insn->fx = (struct effects){.pc = cfg->func.entry + offset, .size = size, .flow = FLOW_STOP};
    }
    insn->offset = offset;
    insn->end = offset + insn->fx.size;
    insn->block = NO_INDEX;
    insn->swept = swept;
    insn->in_delay_slot = insn->call_ends = false;
    *slot(cfg, offset) = i;
    for (uint32_t at = offset + cfg->arch->target->quantum; at < insn->end && at < size_of(cfg);
         at += cfg->arch->target->quantum)
        if (*slot(cfg, at) == NOTHING)
            *slot(cfg, at) = INSIDE;
    mark_literals(cfg, &insn->fx);
    return i;
}

static bool is_call(const struct effects *fx)
{
    return fx->flow == FLOW_CALL || fx->flow == FLOW_CALL_REG;
}

/* Control never goes on behind it, whatever the instruction's own address says. */
static bool ends_path(const struct cfg *cfg, const struct effects *fx)
{
    if (fx->flags & IS_CONDITIONAL)
        return false;
    switch (fx->flow) {
    case FLOW_JUMP:
    case FLOW_JUMP_REG:
    case FLOW_RET:
    case FLOW_STOP:
        return true;
    case FLOW_CALL:
        return cfg->around->never_returns && cfg->around->never_returns(cfg->around->context, fx->target);
    default:
        return false;
    }
}

/* Decodes from a PC on until control goes elsewhere, or to what is already known. */
static void trace(struct cfg *cfg, struct decoder *d, uint32_t offset, bool swept)
{
    struct cfg_memory *m = cfg->memory;
    m->run_start = cfg->n_insns;
    while (offset < size_of(cfg) && found_at(cfg, offset) == NO_INDEX) {
        int32_t i = decode(cfg, d, offset, swept), last = i;
        offset = cfg->insns[i].end;
        struct effects fx = cfg->insns[i].fx;
        if (fx.flags & HAS_DELAY_SLOT && offset < size_of(cfg)) {
            last = found_at(cfg, offset);
            if (last == NO_INDEX)
                last = decode(cfg, d, offset, swept);
            cfg->insns[last].in_delay_slot = true;
            offset = cfg->insns[last].end;
        }
        cfg->insns[last].call_ends = is_call(&fx);
        if (fx.flow == FLOW_JUMP || fx.flow == FLOW_BRANCH)
            push(cfg, fx.target - cfg->func.entry);
        if (fx.flow == FLOW_JUMP_REG) {
            struct jump *jump = jump_add(cfg, i);
            for (int32_t t = 0; t < jump->n; t++)
                push(cfg, m->table_targets[jump->first + t]);
        }
        if (ends_path(cfg, &fx))
            break;
    }
}

static void trace_all(struct cfg *cfg, struct decoder *d, uint32_t offset, bool swept)
{
    struct cfg_memory *m = cfg->memory;
    push(cfg, offset);
    while (m->n_stack > 0)
        trace(cfg, d, m->stack[--m->n_stack], swept);
}

static void find_instructions(struct cfg *cfg, struct decoder *d)
{
    uint32_t size = size_of(cfg), quantum = cfg->arch->target->quantum;
    struct cfg_memory *m = cfg->memory;
    size_t n = size / quantum + 1;
    m->map = grow(m->map, &m->map_capacity, n, sizeof *m->map);
    for (size_t i = 0; i < n; i++)
        m->map[i] = NOTHING;
    m->n_stack = 0;
    m->n_jumps = m->n_table_targets = 0;
    cfg->n_insns = 0;
    trace_all(cfg, d, 0, false);
    for (uint32_t offset = 0; offset < size; offset += quantum)
        if (*slot(cfg, offset) == NOTHING)
            trace_all(cfg, d, offset, true);
}

static void put_in_order(struct cfg *cfg)
{
    struct cfg_memory *m = cfg->memory;
    int32_t k = 0;
    cfg->order = grow(cfg->order, &m->order_capacity, (size_t)cfg->n_insns, sizeof *cfg->order);
    m->number = grow(m->number, &m->number_capacity, (size_t)cfg->n_insns, sizeof *m->number);
    for (uint32_t offset = 0; offset < size_of(cfg); offset += cfg->arch->target->quantum)
        if (*slot(cfg, offset) >= 0) {
            m->number[*slot(cfg, offset)] = k;
            cfg->order[k++] = *slot(cfg, offset);
        }
}

/* ---- blocks ---- */

/* The instruction, by offset, that decides where control goes behind number k: k itself, or the branch whose
 * delay slot it is. */
static int32_t decider(const struct cfg *cfg, int32_t k)
{
    return cfg_at(cfg, k)->in_delay_slot && k > 0 && cfg_at(cfg, k - 1)->fx.flags & HAS_DELAY_SLOT ? k - 1
                                                                                                   : k;
}

static void mark_leader(struct cfg *cfg, uint64_t offset)
{
    int32_t i = found_at(cfg, offset);
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
        if (!waits && ((fx->flow != FLOW_NEXT && !is_call(fx)) || ends_path(cfg, fx)))
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
    int32_t i = found_at(cfg, offset);
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
        if (!ends_path(cfg, fx))
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

void cfg_successors(const struct cfg *cfg, const struct block *b, edge_visitor *visit, void *context)
{
    for (int i = 0; i < 2; i++)
        if (b->successor[i] != NO_INDEX)
            visit(context, b->successor[i]);
    for (int32_t t = 0; t < b->n_table; t++)
        visit(context, cfg->targets[b->table + t]);
}

void cfg_build(struct cfg *cfg, struct decoder *d, const struct gobin_func *f,
               const struct surroundings *around)
{
    cfg->func = *f;
    cfg->around = around;
    find_instructions(cfg, d);
    put_in_order(cfg);
    if (cfg->n_insns == 0) {
        cfg->n_blocks = cfg->n_targets = cfg->n_unresolved = 0;
        return;
    }
    mark_leaders(cfg);
    cut_blocks(cfg);
    connect_blocks(cfg);
    points_read(cfg);
}
