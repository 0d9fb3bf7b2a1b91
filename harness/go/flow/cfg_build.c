/* Finds a function's instructions, by following control and then in the gaps (cfg.h). */
#include "cfg_build.h"

#include <string.h>

#include "blocks.h"
#include "cfg_memory.h"
#include "jumps.h"
#include "points.h"
#include "references.h"
#include "values.h"
#include "go/binary/grow.h"

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

/* ---- finding instructions ---- */

static void push(struct cfg *cfg, uint64_t offset)
{
    struct cfg_memory *m = cfg->memory;
    if (offset >= cfg_size(cfg) || offset % cfg->arch->target->quantum != 0 ||
        cfg_found_at(cfg, offset) != NO_INDEX)
        return;
    m->stack = grow(m->stack, &m->stack_capacity, m->n_stack + 1, sizeof *m->stack);
    m->stack[m->n_stack++] = (uint32_t)offset;
}

/* Literals in the code are not instructions. */
static void mark_literals(struct cfg *cfg, const struct effects *fx)
{
    for (int i = 0; i < fx->n_mem; i++) {
        const struct effect_mem *mem = &fx->mem[i];
        uint64_t offset = (uint64_t)mem->disp - cfg->func.entry;
        if (mem->base != NO_UNIT || mem->index != NO_UNIT || !mem->load || offset >= cfg_size(cfg))
            continue;
        for (uint64_t at = offset; at < offset + (mem->size ? mem->size : 1) && at < cfg_size(cfg);
             at += cfg->arch->target->quantum)
            if (*cfg_slot(cfg, (uint32_t)at) == NOTHING)
                *cfg_slot(cfg, (uint32_t)at) = DATA;
    }
}

static int32_t decode(struct cfg *cfg, struct decoder *d, uint32_t offset, bool swept)
{
    struct cfg_memory *m = cfg->memory;
    int32_t i = cfg->n_insns++;
    cfg->insns = grow(cfg->insns, &m->insn_capacity, (size_t)cfg->n_insns, sizeof *cfg->insns);
    struct insn *insn = &cfg->insns[i];
    enum decode_result r =
        decoder_insn(d, cfg->func.code + offset, cfg_size(cfg) - offset, cfg->func.entry + offset, &insn->fx);
    if (r == DECODED && cfg->around->bin)
        complete_reference(cfg->around->bin, &insn->fx);
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
    *cfg_slot(cfg, offset) = i;
    for (uint32_t at = offset + cfg->arch->target->quantum; at < insn->end && at < cfg_size(cfg);
         at += cfg->arch->target->quantum)
        if (*cfg_slot(cfg, at) == NOTHING)
            *cfg_slot(cfg, at) = INSIDE;
    mark_literals(cfg, &insn->fx);
    return i;
}

/* Decodes from a PC on until control goes elsewhere, or to what is already known. */
static void trace(struct cfg *cfg, struct decoder *d, uint32_t offset, bool swept)
{
    struct cfg_memory *m = cfg->memory;
    m->run_start = cfg->n_insns;
    while (offset < cfg_size(cfg) && cfg_found_at(cfg, offset) == NO_INDEX) {
        int32_t i = decode(cfg, d, offset, swept), last = i;
        offset = cfg->insns[i].end;
        struct effects fx = cfg->insns[i].fx;
        if (fx.flags & HAS_DELAY_SLOT && offset < cfg_size(cfg)) {
            last = cfg_found_at(cfg, offset);
            if (last == NO_INDEX)
                last = decode(cfg, d, offset, swept);
            cfg->insns[last].in_delay_slot = true;
            offset = cfg->insns[last].end;
        }
        cfg->insns[last].call_ends = effects_call(&fx);
        if (fx.flow == FLOW_JUMP || fx.flow == FLOW_BRANCH)
            push(cfg, fx.target - cfg->func.entry);
        if (fx.flow == FLOW_JUMP_REG) {
            struct jump *jump = jump_add(cfg, i);
            for (int32_t t = 0; t < jump->n; t++)
                push(cfg, m->table_targets[jump->first + t]);
        }
        if (cfg_ends_path(cfg, &fx))
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
    uint32_t size = cfg_size(cfg), quantum = cfg->arch->target->quantum;
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
        if (*cfg_slot(cfg, offset) == NOTHING)
            trace_all(cfg, d, offset, true);
}

static void put_in_order(struct cfg *cfg)
{
    struct cfg_memory *m = cfg->memory;
    int32_t k = 0;
    cfg->order = grow(cfg->order, &m->order_capacity, (size_t)cfg->n_insns, sizeof *cfg->order);
    m->number = grow(m->number, &m->number_capacity, (size_t)cfg->n_insns, sizeof *m->number);
    for (uint32_t offset = 0; offset < cfg_size(cfg); offset += cfg->arch->target->quantum)
        if (*cfg_slot(cfg, offset) >= 0) {
            m->number[*cfg_slot(cfg, offset)] = k;
            cfg->order[k++] = *cfg_slot(cfg, offset);
        }
}

void cfg_build(struct cfg *cfg, struct decoder *d, const struct gobin_func *f,
               const struct surroundings *around)
{
    cfg->func = *f;
    cfg->around = around;
    cfg->serial++;
    find_instructions(cfg, d);
    put_in_order(cfg);
    if (cfg->n_insns == 0) {
        cfg->n_blocks = cfg->n_targets = cfg->n_unresolved = 0;
        return;
    }
    blocks_make(cfg);
    points_read(cfg);
}
