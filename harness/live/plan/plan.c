#include "plan.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "go/binary/dwarf.h"
#include "go/flow/cfg_build.h"
#include "go/flow/noreturn.h"
#include "go/flow/points.h"

/* ---- what lies outside of a function ---- */

struct reading {
    const struct gobin *bin;
    struct decoder *decoder;
    struct cfg *cfg;
    struct surroundings around;
};

static bool never_returns(void *context, uint64_t address)
{
    const struct reading *r = context;
    struct gobin_func f;
    size_t i = gobin_find(r->bin, address);
    if (i >= gobin_n_funcs(r->bin))
        return false;
    gobin_func(r->bin, i, &f);
    return never_returns_name(f.name);
}

static const uint8_t *constant(void *context, uint64_t address, size_t n)
{
    const struct reading *r = context;
    return gobin_bytes(r->bin, address, n);
}

static bool open_reading(const struct gobin *bin, struct reading *r, struct error *e)
{
    *r = (struct reading){.bin = bin, .decoder = decoder_open(gobin_target(bin), e)};
    if (!r->decoder)
        return false;
    r->cfg = cfg_new(decoder_arch(r->decoder));
    r->around = (struct surroundings){.context = r,
                                      .never_returns = never_returns,
                                      .constant = constant,
                                      .bin = bin,
                                      .big_endian = gobin_is_big_endian(bin)};
    return r->cfg || error_set(e, "", 0, "out of memory");
}

static void close_reading(struct reading *r)
{
    cfg_free(r->cfg);
    decoder_close(r->decoder);
}

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

/* A function's PCs: all that control reaches. Others would be traps in data. */
static bool add_function(struct plan *p, struct reading *r, size_t i, uint64_t only, uint8_t role)
{
    struct gobin_func f;
    gobin_func(r->bin, i, &f);
    cfg_build(r->cfg, r->decoder, &f, &r->around);
    points_read(r->cfg);
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
                               .role = only == UINT64_MAX || only == pc ? role : 0,
                               .filter = f.filter ? (uint8_t)f.filter : insn->filter,
                               .size = insn->fx.size};
        if (!add(p, &one))
            return false;
    }
    p->functions[p->n_functions++] = (uint32_t)i;
    return true;
}

static bool matches(const struct plan_options *o, const char *name)
{
    for (const char *const *glob = o->functions; *glob; glob++)
        if (fnmatch(*glob, name, 0) == 0)
            return true;
    return false;
}

/* "main.f+0x1c": the function's number and the PC. */
static bool find_at(const struct gobin *bin, const char *at, size_t *i, uint64_t *pc, struct error *e)
{
    const char *plus = strrchr(at, '+');
    char *end = NULL;
    uint64_t offset = plus ? strtoull(plus + 1, &end, 0) : 0;
    if (!plus || end == plus + 1 || *end)
        return error_set(e, at, 0, "not FUNCTION+0xOFFSET");
    for (*i = 0; *i < gobin_n_funcs(bin); ++*i) {
        struct gobin_func f;
        gobin_func(bin, *i, &f);
        if (strlen(f.name) == (size_t)(plus - at) && strncmp(f.name, at, (size_t)(plus - at)) == 0 &&
            offset < f.end - f.entry) {
            *pc = f.entry + offset;
            return true;
        }
    }
    return error_set(e, at, 0, "no such function, or it is shorter");
}

/* A function's entry by the function table, whose names have no ABI suffixes; 0 if there is none. */
static uint64_t entry_of(const struct gobin *bin, const char *name)
{
    for (size_t i = 0; i < gobin_n_funcs(bin); i++) {
        struct gobin_func f;
        gobin_func(bin, i, &f);
        if (f.code && strcmp(f.name, name) == 0)
            return f.entry;
    }
    return 0;
}

/* Where the injected call waits for the scheduler: behind each call of mcall in asyncPreempt2. */
static bool add_inside(struct plan *p, struct reading *r)
{
    uint64_t mcall = entry_of(r->bin, "runtime.mcall");
    for (size_t i = 0; i < gobin_n_funcs(r->bin); i++) {
        struct gobin_func f;
        gobin_func(r->bin, i, &f);
        if (!f.code || !mcall || strcmp(f.name, "runtime.asyncPreempt2") != 0)
            continue;
        size_t first = p->n;
        if (!add_function(p, r, i, UINT64_MAX, 0))
            return false;
        for (int32_t k = 0; k < r->cfg->n_insns; k++) {
            const struct insn *insn = cfg_at(r->cfg, k);
            if (insn->fx.flow != FLOW_CALL || insn->fx.target != mcall)
                continue;
            uint64_t behind = f.entry + insn->end;
            if (insn->fx.flags & HAS_DELAY_SLOT)
                behind += insn->fx.size;
            for (size_t n = first; n < p->n; n++)
                if (p->pcs[n].pc == behind)
                    p->pcs[n].role = ROLE_CALL;
        }
    }
    return true;
}

static int by_pc(const void *a, const void *b)
{
    const struct shots_pc *x = a, *y = b;
    return (x->pc > y->pc) - (x->pc < y->pc);
}

/* ---- the request ---- */

static bool symbol(const struct gobin *bin, const char *name, uint64_t *address, struct error *e)
{
    uint64_t size;
    return gobin_symbol(bin, name, address, &size) ||
           error_set(e, "", 0,
                     "it has no symbol %s, through which the runtime is asked for a preemption: is it "
                     "stripped? Build it without -ldflags=-s",
                     name);
}

static bool find_runtime(const struct gobin *bin, struct plan *p, struct error *e)
{
    if (!symbol(bin, "runtime.sigtable", &p->head.sigtable, e) ||
        !symbol(bin, "runtime.allp", &p->head.allp, e))
        return false;
    p->head.async_preempt = entry_of(bin, "runtime.asyncPreempt");
    if (!p->head.async_preempt)
        return error_set(e, "", 0, "it has no runtime.asyncPreempt: nothing was preempted by a signal before "
                                   "Go 1.14");
    p->head.gc = entry_of(bin, "runtime.GC");
    return gobin_field(bin, "runtime.p", "preempt", &p->head.p_preempt) ||
           error_set(e, "", 0, "it has no DWARF that says where runtime.p keeps `preempt`: build it without "
                               "-ldflags=-w");
}

bool plan_make(const struct gobin *bin, const struct plan_options *o, struct plan *p, struct error *e)
{
    struct reading r;
    size_t i = 0, at = SIZE_MAX;
    uint64_t only = UINT64_MAX;
    bool ok = true;
    *p = (struct plan){.head = {.magic = SHOTS_MAGIC, .version = SHOTS_VERSION, .inside = o->inside}};
    if (!find_runtime(bin, p, e) || (o->at && !find_at(bin, o->at, &at, &only, e)) ||
        !open_reading(bin, &r, e))
        return false;
    p->functions = calloc(gobin_n_funcs(bin) + 1, sizeof *p->functions);
    for (i = 0; ok && p->functions && i < gobin_n_funcs(bin); i++) {
        struct gobin_func f;
        gobin_func(bin, i, &f);
        if (f.code && (o->at ? i == at : matches(o, f.name)))
            ok = add_function(p, &r, i, only, ROLE_FIRE);
    }
    bool any = p->n != 0;
    ok = ok && p->functions && add_inside(p, &r);
    close_reading(&r);
    if (!ok || !any) {
        plan_free(p);
        return error_set(e, "", 0, ok ? "no function matches" : "out of memory");
    }
    qsort(p->pcs, p->n, sizeof *p->pcs, by_pc);
    p->head.n_pcs = p->n;
    return true;
}

void plan_free(struct plan *p)
{
    free(p->pcs);
    free(p->functions);
    p->pcs = NULL;
    p->functions = NULL;
}
