#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "request.h"
#include "choose.h"
#include "scratch.h"
#include "reserved.h"
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

/* The last step of splitmix64 (Steele, Lea, Flood 2014): every bit of the result depends on every one. */
static uint64_t mixed(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static uint8_t fire_role(struct plan *p, const struct choice *c, uint64_t pc)
{
    if (!c->fire || (c->n_only && !among(c->only, c->n_only, pc)))
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
        if (!add(p, &one))
            return false;
    }
    return true;
}

static bool add_function(struct plan *p, struct reading *r, size_t i, const struct choice *c)
{
    struct gobin_func f;
    gobin_func(r->bin, i, &f);
    reading_graph(r, &f);
    if (!plan_add_graph(p, r->cfg, c))
        return false;
    p->functions[p->n_functions++] = (uint32_t)i;
    return true;
}

/* Where the injected call is back from the scheduler: behind asyncPreempt's call of asyncPreempt2. There the
 * goroutine is no longer marked as being at an asynchronous safe point, so that it can call the collector. */
static bool add_inside(struct plan *p, struct reading *r)
{
    struct gobin_func f;
    size_t first = p->n, i = reading_named(r, NAME_ASYNC_PREEMPT, &f);
    if (i == SIZE_MAX)
        return true;
    if (!add_function(p, r, i, &(struct choice){.fire = false}))
        return false;
    for (int32_t k = 0; k < r->cfg->n_insns; k++) {
        const struct insn *insn = cfg_at(r->cfg, k);
        if (insn->fx.flow != FLOW_CALL)
            continue;
        uint64_t behind = f.entry + insn->end + (insn->fx.flags & HAS_DELAY_SLOT ? insn->fx.size : 0);
        for (size_t n = first; n < p->n; n++)
            if (p->pcs[n].pc == behind)
                p->pcs[n].role = ROLE_CALL;
    }
    return true;
}

/* Where goroutines begin whose stacks the agent has doubled before it collects (inside.c). */
static bool add_roots(struct plan *p, struct reading *r)
{
    static const enum reading_name names[] = {NAME_MAIN, NAME_TEST_RUNNER};
    for (size_t k = 0; p->head.inside & INSIDE_GC && k < sizeof names / sizeof *names; k++) {
        struct gobin_func f;
        if (reading_named(r, names[k], &f) == SIZE_MAX)
            continue;
        bool known = false;
        for (size_t n = 0; n < p->n && !known; n++)
            known = p->pcs[n].pc == f.entry;
        if (!known && !add_function(p, r, r->named[names[k]], &(struct choice){.fire = false}))
            return false;
    }
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

/* The traps that the agent has at functions which it executes itself. */
static bool add_reserved(struct plan *p, const struct reading *r)
{
    struct shots_pc pc;
    for (size_t k = 0; reserved_entry(r, k, &pc); k++)
        if (!add(p, &pc))
            return false;
    return true;
}

static bool add_chosen(struct plan *p, struct reading *r, const struct choice *choice,
                       const struct places *places)
{
    struct chooser chooser;
    choose_begin(&chooser, r->bin, choice->options->functions);
    for (size_t i = 0; i < gobin_n_funcs(r->bin); i++) {
        struct gobin_func f;
        gobin_func(r->bin, i, &f);
        if (!f.code || !(places->n ? among(places->functions, places->n, i) : choose(&chooser, f.name)))
            continue;
        const char *why = reserved_why(r, i);
        if (why && p->n_reserved < N_RESERVED)
            p->reserved[p->n_reserved++] = (struct reserved){i, why};
        else if (!add_function(p, r, i, choice))
            return false;
    }
    return true;
}

static bool nothing(const struct gobin *bin, const struct plan *p, const struct places *places,
                    struct error *e)
{
    return error_set(e, gobin_path(bin), 0, "%s",
                     p->n_reserved ? p->reserved[0].why
                     : places->n   ? "no instruction begins at the PC of --at"
                                   : "it has no function that was asked for");
}

static bool make(const struct gobin *bin, const struct plan_options *o, const struct places *places,
                 struct plan *p, struct error *e)
{
    struct reading r;
    struct choice choice = {.fire = true, .only = places->pcs, .n_only = places->n, .options = o};
    *p = (struct plan){.head = plan_head(o)};
    if (!reading_open(bin, &r, e))
        return false;
    if (!request_find(&r, &p->head, e)) {
        reading_close(&r);
        return false;
    }
    p->functions = calloc(gobin_n_funcs(bin) + 1, sizeof *p->functions);
    bool ok = p->functions && add_chosen(p, &r, &choice, places), any = p->to_fire != 0;
    ok = ok && add_reserved(p, &r) &&
         (o->signal || (add_inside(p, &r) && add_roots(p, &r) && stacks_add(bin, p)));
    reading_close(&r);
    if (!ok || !any) {
        plan_free(p);
        return ok ? nothing(bin, p, places, e) : error_set(e, gobin_path(bin), 0, "out of memory");
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

struct shots_head plan_head(const struct plan_options *o)
{
    struct shots_head head = {.magic = SHOTS_MAGIC,
                              .version = SHOTS_VERSION,
                              .inside = o->inside,
                              .signal = o->signal,
                              .every = o->every,
                              .n_visits = o->n_visits};
    for (size_t i = 0; i < o->n_visits; i++)
        head.visits[i] = o->visits[i];
    return head;
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
    liveness_free(p->liveness);
    p->liveness = NULL;
    p->pcs = NULL;
    p->functions = NULL;
    p->all = NULL;
    p->tables = NULL;
}
