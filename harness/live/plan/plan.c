#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "request.h"
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

struct place {
    size_t function; /* its number in the binary */
    uint64_t pc;
};

/* What is fired at in a function. */
struct choice {
    bool fire;
    const struct place *places; /* these alone; none: all */
    size_t n_places;
    const struct plan_options *options;
};

static bool names_pc(const struct choice *c, uint64_t pc)
{
    for (size_t k = 0; k < c->n_places; k++)
        if (c->places[k].pc == pc)
            return true;
    return false;
}

static bool names_function(const struct choice *c, size_t function)
{
    for (size_t k = 0; k < c->n_places; k++)
        if (c->places[k].function == function)
            return true;
    return false;
}

static uint8_t role(struct plan *p, const struct choice *c, uint64_t pc)
{
    if (!c->fire || (c->n_places && !names_pc(c, pc)))
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

/* A function's PCs: all that control reaches. Others would be traps in data. */
static bool add_function(struct plan *p, struct reading *r, size_t i, const struct choice *c)
{
    struct gobin_func f;
    gobin_func(r->bin, i, &f);
    reading_graph(r, &f);
    for (int32_t k = 0; k < r->cfg->n_insns; k++) {
        const struct insn *insn = cfg_at(r->cfg, k);
        uint64_t pc = f.entry + insn->offset;
        p->swept += insn->swept;
        p->unknown += !insn->swept && insn->known != INSN_KNOWN;
        if (insn->swept || !is_known(insn))
            continue;
        bool allowed = insn->allowed && insn->filter == FILTER_NONE && f.filter == FILTER_NONE;
        struct shots_pc one = {.pc = pc,
                               .resume = allowed ? f.entry + insn->resume : 0,
                               .function = (uint32_t)p->n_functions,
                               .role = role(p, c, pc),
                               .want = c->fire ? c->options->visits : 0,
                               .filter = f.filter ? (uint8_t)f.filter : insn->filter,
                               .size = insn->fx.size};
        add_next(r->cfg, insn, &one);
        if (!add(p, &one))
            return false;
    }
    p->functions[p->n_functions++] = (uint32_t)i;
    return true;
}

/* Where the injected call is back from the scheduler: behind asyncPreempt's call of asyncPreempt2. There the
 * goroutine is no longer marked as being at an asynchronous safe point, so that it can call the collector. */
static bool add_inside(struct plan *p, struct reading *r)
{
    struct gobin_func f;
    size_t first = p->n, i = reading_find(r, "runtime.asyncPreempt", &f);
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

static int by_pc(const void *a, const void *b)
{
    const struct shots_pc *x = a, *y = b;
    return (x->pc > y->pc) - (x->pc < y->pc);
}

/* Reads options.at into *places, which the caller frees. */
static bool read_places(const struct gobin *bin, const char *const *at, struct place **places, size_t *n,
                        struct error *e)
{
    size_t all = 0;
    *n = 0;
    while (at && at[all])
        all++;
    *places = calloc(all + 1, sizeof **places);
    if (!*places)
        return error_set(e, gobin_path(bin), 0, "out of memory");
    for (; *n < all; ++*n)
        if (!reading_at(bin, at[*n], &(*places)[*n].function, &(*places)[*n].pc, e))
            return false;
    return true;
}

static bool make(const struct gobin *bin, const struct choice *choice, struct plan *p, struct error *e)
{
    struct reading r;
    bool ok = true;
    struct chooser chooser;
    const struct plan_options *o = choice->options;
    *p = (struct plan){.head = {.magic = SHOTS_MAGIC, .version = SHOTS_VERSION, .inside = o->inside}};
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
        if (f.code && (choice->n_places ? names_function(choice, i) : choose(&chooser, f.name)))
            ok = add_function(p, &r, i, choice);
    }
    bool any = p->to_fire != 0;
    ok = ok && p->functions && add_inside(p, &r) && stacks_add(bin, p);
    reading_close(&r);
    if (!ok || !any) {
        plan_free(p);
        return error_set(e, gobin_path(bin), 0,
                         !ok                ? "out of memory"
                         : choice->n_places ? "no instruction begins at the PC of --at"
                                            : "it has no function that was asked for");
    }
    qsort(p->pcs, p->n, sizeof *p->pcs, by_pc);
    p->head.n_pcs = p->n;
    return true;
}

bool plan_make(const struct gobin *bin, const struct plan_options *o, struct plan *p, struct error *e)
{
    struct place *places = NULL;
    struct choice choice = {.fire = true, .options = o};
    bool ok = read_places(bin, o->at, &places, &choice.n_places, e);
    choice.places = places;
    ok = ok && make(bin, &choice, p, e);
    free(places);
    return ok;
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
