/* The PCs of functions, each with what the tables say of it and where control goes from there. */
#include "plan.h"

#include <stdlib.h>

#include "reading.h"
#include "scratch.h"

bool plan_add_pc(struct plan *p, const struct shots_pc *pc)
{
    if (p->n == p->capacity) {
        size_t capacity = p->capacity ? 2 * p->capacity : 1024;
        void *grown = realloc(p->pcs, capacity * sizeof *p->pcs);
        if (!grown)
            return false;
        p->pcs = grown;
        p->capacity = capacity;
    }
    p->pcs[p->n++] = *pc;
    return true;
}

static bool is_known(const struct insn *insn)
{
    return insn->known == INSN_KNOWN && !insn->in_delay_slot;
}

bool plan_has(const uint64_t *some, size_t n, uint64_t one)
{
    for (size_t k = 0; k < n; k++)
        if (some[k] == one)
            return true;
    return false;
}

/* The last step of splitmix64 (Steele, Lea, Flood 2014): every bit of the result depends on every one. */
static uint64_t mixed(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static uint8_t fire_role(struct plan *p, const struct choice *c, uint64_t pc)
{
    if (!c->fire || (c->n_only && !plan_has(c->only, c->n_only, pc)))
        return 0;
    const struct plan_options *o = c->options;
    uint64_t k = p->to_fire++;
    if (o->seed)
        k = mixed(mixed(o->seed) ^ pc);
    return o->shards == 0 || k % o->shards == o->shard - 1 ? ROLE_FIRE : 0;
}

/* Where a trap is met behind an instruction (shots_pc.next). */
static void add_next(const struct cfg *cfg, const struct insn *insn, struct shots_pc *pc)
{
    const struct effects *fx = &insn->fx;
    uint64_t entry = cfg->func.entry, behind = entry + insn->end;
    if (fx->flags & HAS_DELAY_SLOT && fx->flow != FLOW_NEXT)
        behind += fx->size;
    switch (fx->flow) {
    case FLOW_JUMP:
        pc->next[0] = fx->target;
        break;
    case FLOW_BRANCH:
        pc->next[1] = fx->target;
        pc->next[0] = behind;
        break;
    case FLOW_RET:
    case FLOW_JUMP_REG:
        pc->next[0] = entry;
        pc->next[1] = fx->flags & IS_CONDITIONAL ? behind : 0;
        break;
    case FLOW_STOP:
        break;
    default:
        pc->next[0] = behind;
    }
}

static uint8_t role(struct plan *p, const struct cfg *cfg, const struct insn *insn, const struct choice *c)
{
    bool scratch = c->fire && insn->allowed && scratch_needed(p->liveness, cfg, insn->resume);
    return (uint8_t)(fire_role(p, c, cfg->func.entry + insn->offset) | (insn->offset ? 0 : ROLE_ENTRY) |
                     (scratch ? ROLE_SCRATCH : 0));
}

/* What control does not reach would be traps in data. */
bool plan_add_graph(struct plan *p, const struct cfg *cfg, const struct choice *c)
{
    const struct gobin_func *f = &cfg->func;
    if (!p->liveness && !(p->liveness = liveness_new()))
        return false;
    if (c->fire)
        scratch_run(p->liveness, cfg);
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        const struct insn *insn = cfg_at(cfg, k);
        uint64_t pc = f->entry + insn->offset;
        p->swept += insn->swept;
        p->unknown += !insn->swept && insn->known != INSN_KNOWN;
        if (insn->swept || !is_known(insn))
            continue;
        bool allowed = insn->allowed && insn->filter == FILTER_NONE && f->filter == FILTER_NONE;
        struct shots_pc one = {.pc = pc,
                               .resume = allowed && !p->head.signal ? f->entry + insn->resume : 0,
                               .function = (uint32_t)p->n_functions,
                               .role = role(p, cfg, insn, c),
                               .filter = f->filter ? (uint8_t)f->filter : insn->filter,
                               .size = insn->fx.size};
        add_next(cfg, insn, &one);
        if (!plan_add_pc(p, &one))
            return false;
    }
    return true;
}

bool plan_add_function(struct plan *p, struct reading *r, size_t i, const struct choice *c)
{
    struct gobin_func f;
    gobin_func(r->bin, i, &f);
    reading_graph(r, &f);
    if (!plan_add_graph(p, r->cfg, c))
        return false;
    p->functions[p->n_functions++] = (uint32_t)i;
    return true;
}
