#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "go/flow/liveness.h"
#include "reading.h"
#include "request.h"
#include "behind.h"
#include "choose.h"
#include "reserved.h"
#include "stacks.h"

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
static bool add_reserved(struct plan *p, struct reading *r)
{
    struct shots_pc pc;
    for (size_t k = 0; reserved_entry(r, k, &pc); k++)
        if (!plan_add_pc(p, &pc))
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
        if (!f.code || !(places->n ? plan_has(places->functions, places->n, i) : choose(&chooser, f.name)))
            continue;
        const char *why = reserved_why(r, i);
        if (why && p->n_reserved < N_RESERVED)
            p->reserved[p->n_reserved++] = (struct reserved){i, why};
        else if (!plan_add_function(p, r, i, choice))
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
    ok = ok && (o->only_these || add_reserved(p, &r)) &&
         (o->signal || (behind_add(p, &r) && stacks_add(bin, p)));
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
