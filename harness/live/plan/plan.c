#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "request.h"
#include "behind.h"
#include "choose.h"
#include "stacks.h"

/* ---- the PCs ---- */

static bool add(struct plan *p, const struct shots_pc *pc)
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

static bool among(const uint64_t *some, size_t n, uint64_t one)
{
    for (size_t k = 0; k < n; k++)
        if (some[k] == one)
            return true;
    return false;
}

static uint8_t role(struct plan *p, const struct choice *c, uint64_t pc)
{
    if (!c->fire || (c->n_only && !among(c->only, c->n_only, pc)))
        return 0;
    uint64_t k = p->to_fire++;
    return c->options->shards == 0 || k % c->options->shards == c->options->shard - 1 ? ROLE_FIRE : 0;
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

/* What control does not reach would be traps in data. */
bool plan_add_graph(struct plan *p, const struct cfg *cfg, const struct choice *c)
{
    const struct gobin_func *f = &cfg->func;
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
                               .role = (uint8_t)(role(p, c, pc) | (insn->offset ? 0 : ROLE_ENTRY)),
                               .want = c->fire ? c->options->visits : 0,
                               .filter = f->filter ? (uint8_t)f->filter : insn->filter,
                               .size = insn->fx.size};
        add_next(cfg, insn, &one);
        if (!add(p, &one))
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

static int by_pc(const void *a, const void *b)
{
    const struct shots_pc *x = a, *y = b;
    return (x->pc > y->pc) - (x->pc < y->pc);
}

/* The PCs of --at, and the numbers of their functions. */
struct places {
    uint64_t *pcs, *functions;
    size_t n;
};

static void places_free(struct places *places)
{
    free(places->pcs);
    free(places->functions);
}

/* places_free frees what is in *places, if it fails, too. */
static bool read_places(const struct gobin *bin, const char *const *at, struct places *places,
                        struct error *e)
{
    size_t all = 0, function;
    while (at && at[all])
        all++;
    *places =
        (struct places){calloc(all + 1, sizeof *places->pcs), calloc(all + 1, sizeof *places->functions), 0};
    if (!places->pcs || !places->functions)
        return error_set(e, gobin_path(bin), 0, "out of memory");
    for (; places->n < all; places->n++) {
        if (!reading_at(bin, at[places->n], &function, &places->pcs[places->n], e))
            return false;
        places->functions[places->n] = function;
    }
    return true;
}

static bool make(const struct gobin *bin, const struct plan_options *o, const struct places *places,
                 struct plan *p, struct error *e)
{
    struct reading r;
    bool ok = true;
    struct chooser chooser;
    struct choice choice = {.fire = true, .only = places->pcs, .n_only = places->n, .options = o};
    *p = (struct plan){
        .head = {.magic = SHOTS_MAGIC, .version = SHOTS_VERSION, .inside = o->inside, .signal = o->signal}};
    if (!reading_open(bin, &r, e))
        return false;
    if (!request_find(&r, &p->head, e)) {
        reading_close(&r);
        return false;
    }
    choose_begin(&chooser, bin, o->functions);
    p->functions = calloc(gobin_n_funcs(bin) + 1, sizeof *p->functions);
    for (size_t i = 0; ok && p->functions && i < gobin_n_funcs(bin); i++) {
        struct gobin_func f;
        gobin_func(bin, i, &f);
        if (f.code && (places->n ? among(places->functions, places->n, i) : choose(&chooser, f.name)))
            ok = plan_add_function(p, &r, i, &choice);
    }
    bool any = p->to_fire != 0;
    ok = ok && p->functions && (o->signal || (behind_add(p, &r) && stacks_add(bin, p)));
    reading_close(&r);
    if (!ok || !any) {
        plan_free(p);
        return error_set(e, gobin_path(bin), 0,
                         !ok         ? "out of memory"
                         : places->n ? "no instruction begins at the PC of --at"
                                     : "it has no function that was asked for");
    }
    plan_close(p);
    return true;
}

bool plan_make(const struct gobin *bin, const struct plan_options *o, struct plan *p, struct error *e)
{
    struct places places;
    bool ok = read_places(bin, o->at, &places, e) && make(bin, o, &places, p, e);
    places_free(&places);
    return ok;
}

void plan_close(struct plan *p)
{
    qsort(p->pcs, p->n, sizeof *p->pcs, by_pc);
    p->head.n_pcs = p->n;
}

void plan_free(struct plan *p)
{
    free(p->pcs);
    free(p->functions);
    free(p->all);
    free(p->tables);
    p->pcs = NULL;
    p->functions = NULL;
    p->all = NULL;
    p->tables = NULL;
}
