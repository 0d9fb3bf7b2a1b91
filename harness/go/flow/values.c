/* Follows SP, copies of it and constants through the general registers: forward, over joins, as far as the
 * architecture's effects say what an instruction computes. Everything else is VALUE_ANY. */
#include "values.h"

#include <string.h>

#include "cfg_memory.h"
#include "data.h"
#include "go/binary/grow.h"
#include "worklist.h"

struct value_memory {
    int8_t number[MAX_UNITS];
    int16_t unit[MAX_GENERAL];
    int n;
    int frame;         /* the frame pointer, or NO_UNIT */
    struct values *in; /* at the start of each block */
    size_t in_capacity;
    struct worklist work;
};

struct value_memory *values_new(const struct effects_arch *arch)
{
    struct value_memory *m = calloc(1, sizeof *m);
    if (!m)
        return NULL;
    m->frame = NO_UNIT;
    for (int u = 0; u < MAX_UNITS; u++) {
        m->number[u] = NO_INDEX;
        if (arch->target->frame_pointer && u < arch->n_units &&
            strcmp(arch->units[u].reg, arch->target->frame_pointer) == 0)
            m->frame = u;
        if (u < arch->n_units && unit_in(&arch->general, u) && m->n < MAX_GENERAL) {
            m->unit[m->n] = (int16_t)u;
            m->number[u] = (int8_t)m->n++;
        }
    }
    return m;
}

void values_free(struct value_memory *m)
{
    if (!m)
        return;
    free(m->in);
    worklist_free(&m->work);
    free(m);
}

static const struct value any = {VALUE_ANY, 0};

static struct value unknown(const struct cfg *cfg, int number)
{
    return unit_in(&cfg->arch->zeros, cfg->memory->values->unit[number]) ? (struct value){VALUE_NUMBER, 0}
                                                                         : any;
}

struct values values_unknown(const struct cfg *cfg)
{
    struct values v = {0};
    for (int i = 0; i < cfg->memory->values->n; i++)
        v.of[i] = unknown(cfg, i);
    return v;
}

int values_number(const struct cfg *cfg, int unit)
{
    return unit == NO_UNIT ? NO_INDEX : cfg->memory->values->number[unit];
}

int values_frame_pointer(const struct cfg *cfg)
{
    return cfg->memory->values->frame;
}

const struct values *values_at(const struct cfg *cfg, int32_t block)
{
    return &cfg->memory->values->in[block];
}

/* ---- one instruction ---- */

static int64_t wrap(const struct cfg *cfg, uint64_t c)
{
    return cfg->arch->target->word == 4 ? (int32_t)(uint32_t)c : (int64_t)c;
}

static struct value get(const struct cfg *cfg, const struct values *state, int unit)
{
    int n = values_number(cfg, unit);
    return n == NO_INDEX ? any : state->of[n];
}

static struct value plus(const struct cfg *cfg, struct value v, uint64_t c)
{
    return v.kind != VALUE_NUMBER && v.kind != VALUE_SP0
               ? v
               : (struct value){v.kind, wrap(cfg, (uint64_t)v.c + c)};
}

static struct value number(const struct cfg *cfg, uint64_t c)
{
    return (struct value){VALUE_NUMBER, wrap(cfg, c)};
}

static struct value address_of(const struct cfg *cfg, const struct values *state, const struct effect_mem *m)
{
    struct value v = m->base == NO_UNIT ? number(cfg, 0) : get(cfg, state, m->base);
    if (m->index != NO_UNIT) {
        struct value index = get(cfg, state, m->index);
        if (index.kind != VALUE_NUMBER || m->scale == 0)
            return any;
        v = plus(cfg, v, (uint64_t)index.c * m->scale);
    }
    return plus(cfg, v, (uint64_t)m->disp);
}

/* A literal: a word of the function's own code. */
static struct value literal(const struct cfg *cfg, struct value address)
{
    uint64_t offset =
                 (cfg->arch->target->word == 4 ? (uint32_t)address.c : (uint64_t)address.c) - cfg->func.entry,
             c = 0;
    uint32_t word = cfg->arch->target->word;
    if (address.kind != VALUE_NUMBER || offset >= cfg->func.end - cfg->func.entry ||
        cfg->func.end - cfg->func.entry - offset < word)
        return any;
    for (uint32_t i = 0; i < word; i++)
        c = c << 8 | cfg->func.code[offset + (cfg->around->big_endian ? i : word - 1 - i)];
    return number(cfg, c);
}

static bool is_sp(struct value v)
{
    return v.kind == VALUE_SP0 || v.kind == VALUE_SP0_OR || v.kind == VALUE_SP0_ROUNDED;
}

/* A mask that rounds down takes another number of bytes from SP at each entry, unless SP is such a multiple
 * anyway. */
static struct value mask(const struct cfg *cfg, struct value v, uint64_t imm)
{
    uint64_t step = -(uint64_t)wrap(cfg, imm);
    const struct target *target = cfg->arch->target;
    int64_t multiple = target->stack_align > target->word ? target->stack_align : target->word;
    if (v.kind == VALUE_NUMBER)
        return number(cfg, (uint64_t)v.c & imm);
    if (!is_sp(v) || step == 0 || (step & (step - 1)) != 0)
        return any;
    bool is_multiple = v.kind == VALUE_SP0 && step <= (uint64_t)multiple && v.c % multiple == 0;
    return is_multiple ? v : (struct value){VALUE_SP0_ROUNDED, 0};
}

/* ---- stack words ---- */

static struct value saved_at(const struct values *state, int64_t at)
{
    for (int i = 0; i < MAX_SAVED; i++)
        if (state->saved[i].value.kind != VALUE_UNREACHED && state->saved[i].at == at)
            return state->saved[i].value;
    return any;
}

static void forget(struct values *state, int i)
{
    memset(&state->saved[i], 0, sizeof state->saved[i]);
}

/* The frame pointer's value if that is what the instruction stores, else any. */
static struct value stored(const struct cfg *cfg, const struct insn *insn, const struct values *state)
{
    int16_t data[MAX_DATA];
    int frame = values_frame_pointer(cfg);
    bool stores = frame != NO_UNIT && insn->fx.n_mem > 0 && insn->fx.mem[0].store &&
                  !(insn->fx.flags & IS_CONDITIONAL) && unit_in(&insn->fx.reads, frame) &&
                  insn->address[0].kind == VALUE_SP0;
    return stores && data_units(cfg->arch, &insn->fx, data) == 1 && data[0] == frame ? get(cfg, state, frame)
                                                                                     : any;
}

static void save(const struct cfg *cfg, const struct insn *insn, struct value v, struct values *state)
{
    const struct effects *fx = &insn->fx;
    for (int m = 0; m < fx->n_mem; m++) {
        int64_t from = insn->address[m].c, to = from + (fx->mem[m].size ? fx->mem[m].size : 1);
        if (!fx->mem[m].store || insn->address[m].kind != VALUE_SP0 || effects_call(fx))
            continue;
        for (int i = 0; i < MAX_SAVED; i++)
            if (state->saved[i].at < to && state->saved[i].at + (int64_t)cfg->arch->target->word > from)
                forget(state, i);
    }
    for (int i = 0; i < MAX_SAVED && v.kind == VALUE_SP0; i++)
        if (state->saved[i].value.kind == VALUE_UNREACHED) {
            state->saved[i].at = insn->address[0].c;
            state->saved[i].value = v;
            return;
        }
}

/* What lies below SP is the callee's. */
static void forget_below(const struct cfg *cfg, const struct insn *insn, struct values *state)
{
    const struct surroundings *around = cfg->around;
    if (insn->fx.flow == FLOW_CALL && around->callee &&
        around->callee(around->context, insn->fx.target) == CALLEE_WITHOUT_STACK)
        return;
    for (int i = 0; i < MAX_SAVED; i++)
        if (insn->sp.kind != VALUE_SP0 || state->saved[i].at < insn->sp.c)
            forget(state, i);
}

/* ---- one instruction's registers ---- */

static struct value compute(const struct cfg *cfg, const struct effect_value *v, const struct values *state,
                            struct value mem)
{
    struct value src = get(cfg, state, v->src), src2 = get(cfg, state, v->src2);
    bool is_number = src.kind == VALUE_NUMBER;
    uint64_t c = (uint64_t)src.c, imm = (uint64_t)v->imm;
    switch ((enum value_op)v->op) {
    case VALUE_CONST:
        return number(cfg, imm);
    case VALUE_ADD_IMM:
        return plus(cfg, src, imm);
    case VALUE_ADD32_IMM:
        if (cfg->arch->target->word == 4)
            return plus(cfg, src, imm);
        return is_number ? number(cfg, (uint64_t)(int64_t)(int32_t)(uint32_t)(c + imm)) : any;
    case VALUE_ADD:
        if (src2.kind == VALUE_NUMBER)
            return plus(cfg, src, (uint64_t)src2.c);
        return is_number ? plus(cfg, src2, c) : any;
    case VALUE_SUB:
        if (src2.kind == VALUE_NUMBER)
            return plus(cfg, src, -(uint64_t)src2.c);
        return src.kind == VALUE_SP0 && src2.kind == VALUE_SP0 ? number(cfg, c - (uint64_t)src2.c) : any;
    case VALUE_AND:
        if (src2.kind == VALUE_NUMBER)
            return mask(cfg, src, (uint64_t)src2.c);
        return is_number ? mask(cfg, src2, c) : any;
    case VALUE_AND_IMM:
        return mask(cfg, src, imm);
    case VALUE_OR_IMM:
        return is_number ? number(cfg, c | imm) : any;
    case VALUE_XOR_IMM:
        return is_number ? number(cfg, c ^ imm) : any;
    case VALUE_SHL_IMM:
        return is_number && imm < 64 ? number(cfg, c << imm) : any;
    case VALUE_INSERT:
        return is_number && v->shift < 64
                   ? number(cfg, (c & ~(UINT64_C(0xffff) << v->shift)) | (imm & 0xffff) << v->shift)
                   : any;
    case VALUE_LOAD:
        return mem.kind == VALUE_SP0 ? saved_at(state, mem.c) : literal(cfg, mem);
    case VALUE_NONE:
        break;
    }
    return any;
}

static struct value join(struct value a, struct value b)
{
    if (a.kind == VALUE_UNREACHED)
        return b;
    if (b.kind == VALUE_UNREACHED || (a.kind == b.kind && a.c == b.c))
        return a;
    return is_sp(a) && is_sp(b) ? (struct value){VALUE_SP0_OR, 0} : any;
}

/* What the instruction puts into a register that it writes. */
static struct value value_for(const struct effects *fx, const struct value_memory *m, int number,
                              const struct value *new)
{
    for (int i = 0; i < fx->n_values; i++)
        if (m->number[fx->value[i].dst] == number)
            return new[i];
    return any;
}

/* STR LR, [SP, -R11]!: the address is what the base becomes. */
static void subtract_index(const struct effects *fx, const struct value *new, struct value *address)
{
    for (int m = 0; m < fx->n_mem; m++)
        for (int i = 0; i < fx->n_values; i++)
            if (fx->mem[m].index != NO_UNIT && fx->mem[m].scale == 0 && fx->value[i].op == VALUE_SUB &&
                fx->value[i].dst == fx->mem[m].base && fx->value[i].src2 == fx->mem[m].index)
                address[m] = new[i];
}

void values_step(const struct cfg *cfg, struct insn *insn, struct values *state)
{
    const struct effects *fx = &insn->fx;
    const struct value_memory *m = cfg->memory->values;
    int sp = values_number(cfg, cfg->arch->sp);
    struct value new[MAX_EFFECT_VALUES];
    insn->sp = state->of[sp];
    for (int i = 0; i < fx->n_mem; i++)
        insn->address[i] = address_of(cfg, state, &fx->mem[i]);
    for (int i = 0; i < fx->n_values; i++)
        new[i] = compute(cfg, &fx->value[i], state, insn->address[0]);
    subtract_index(fx, new, insn->address);
    struct value data = stored(cfg, insn, state);
    for (int w = 0; w < MAX_UNITS / 64; w++)
        for (uint64_t written = fx->writes.w[w] & cfg->arch->general.w[w]; written; written &= written - 1) {
            int dst = m->number[64 * w + __builtin_ctzll(written)];
            struct value v = value_for(fx, m, dst, new);
            state->of[dst] = fx->flags & IS_CONDITIONAL ? join(state->of[dst], v) : v;
        }
    save(cfg, insn, data, state);
    /* A call returns with SP as it was before it, the return address that it may have pushed included. */
    if (effects_call(fx))
        state->of[sp] = insn->sp;
    if (!insn->call_ends)
        return;
    for (int n = 0; n < m->n; n++)
        if (n != sp && m->unit[n] != m->frame)
            state->of[n] = unknown(cfg, n);
    forget_below(cfg, insn, state);
}

/* ---- the function ---- */

struct spread {
    struct cfg *cfg;
    const struct values *out;
    bool swept; /* the block that it comes from */
};

/* SP in swept code is what the table says at its root. It is not evidence against what was followed from the
 * entry: the NOP that Go puts after a last call that does not return falls into the code for another SP. */
static struct value join_sp(const struct spread *s, int32_t successor, struct value in, struct value out)
{
    bool swept = cfg_at(s->cfg, s->cfg->blocks[successor].first)->swept;
    return s->swept && !swept && in.kind != VALUE_UNREACHED ? in : join(in, out);
}

/* The same for stack words: those that differ are forgotten. Returns whether one is. */
static bool join_saved(const struct spread *s, int32_t successor, bool first, struct values *in)
{
    bool swept = cfg_at(s->cfg, s->cfg->blocks[successor].first)->swept, changed = false;
    if (first)
        memcpy(in->saved, s->out->saved, sizeof in->saved);
    for (int i = 0; i < MAX_SAVED && (swept || !s->swept); i++) {
        struct value v = in->saved[i].value, w = saved_at(s->out, in->saved[i].at);
        if (v.kind == VALUE_UNREACHED || (v.kind == w.kind && v.c == w.c))
            continue;
        forget(in, i);
        changed = true;
    }
    return changed;
}

static void spread_to(void *context, int32_t successor)
{
    struct spread *s = context;
    struct value_memory *m = s->cfg->memory->values;
    struct values *in = &m->in[successor];
    int sp = values_number(s->cfg, s->cfg->arch->sp);
    bool first = in->of[sp].kind == VALUE_UNREACHED, changed = first;
    for (int i = 0; i < m->n; i++) {
        struct value v = i == sp || m->unit[i] == m->frame ? join_sp(s, successor, in->of[i], s->out->of[i])
                                                           : join(in->of[i], s->out->of[i]);
        changed |= v.kind != in->of[i].kind || v.c != in->of[i].c;
        in->of[i] = v;
    }
    if (join_saved(s, successor, first, in) || changed)
        worklist_add(&m->work, successor);
}

void values_follow(struct cfg *cfg)
{
    struct value_memory *m = cfg->memory->values;
    int sp = values_number(cfg, cfg->arch->sp);
    size_t n = (size_t)cfg->n_blocks;
    m->in = grow(m->in, &m->in_capacity, n, sizeof *m->in);
    memset(m->in, 0, n * sizeof *m->in);
    worklist_begin(&m->work, cfg->n_blocks);
    /* Last in, first out: the last block first, so that the entry's paths are followed before what roots add.
     */
    for (int32_t b = cfg->n_blocks - 1; b >= 0; b--) {
        const struct insn *first = cfg_at(cfg, cfg->blocks[b].first);
        if (b != 0 && !cfg->blocks[b].is_root)
            continue;
        m->in[b] = values_unknown(cfg);
        if (b == 0)
            m->in[b].of[sp] = (struct value){VALUE_SP0, 0};
        else if (first->has_delta && first->delta != SP_DELTA_UNKNOWN)
            m->in[b].of[sp] = (struct value){VALUE_SP0, -(int64_t)first->delta};
        worklist_add(&m->work, b);
    }
    for (int32_t b; worklist_take(&m->work, &b);) {
        struct values state = m->in[b];
        for (int32_t k = cfg->blocks[b].first; k <= cfg->blocks[b].last; k++)
            values_step(cfg, cfg_at(cfg, k), &state);
        struct spread s = {cfg, &state, cfg_at(cfg, cfg->blocks[b].first)->swept};
        cfg_successors(cfg, &cfg->blocks[b], spread_to, &s);
    }
}
