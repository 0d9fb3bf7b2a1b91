#include "request.h"

#include <stdlib.h>

#include "linear.h"

static bool walk(struct reading *r, enum reading_name name, linear_visitor *visit, void *context,
                 struct error *e)
{
    struct gobin_func f;
    struct linear *l = malloc(sizeof *l);
    if (!l)
        return error_set(e, gobin_path(r->bin), 0, "out of memory");
    bool found = reading_named(r, name, &f) != SIZE_MAX;
    if (found) {
        reading_graph(r, &f);
        linear_walk(l, r->cfg, visit, context);
    }
    free(l);
    return found || error_set(e, gobin_path(r->bin), 0,
                              "it has no function %s, whose code says how the runtime is asked",
                              reading_name_text(name));
}

/* The lowest and the highest offset at which a byte is stored, but on the stack. */
struct flags {
    uint64_t lowest, highest;
    int16_t sp;
};

static void note_flag(void *context, const struct linear *l, const struct insn *insn)
{
    struct flags *flags = context;
    struct sum at;
    for (int m = 0; m < insn->fx.n_mem; m++) {
        const struct effect_mem *mem = &insn->fx.mem[m];
        if (!mem->store || mem->size != 1 || mem->base == flags->sp || !linear_address(l, mem, &at) ||
            at.origin == NUMBER || at.c <= 0)
            continue;
        if ((uint64_t)at.c > flags->highest)
            flags->highest = (uint64_t)at.c;
        if ((uint64_t)at.c < flags->lowest)
            flags->lowest = (uint64_t)at.c;
    }
}

/* Of the two flags that preemptone sets (runtime/proc.go), G's and P's, P's lies deeper, as P's queue of
 * goroutines lies before it. */
static bool find_flags(struct reading *r, struct shots_head *head, struct error *e)
{
    enum { LOWEST = 1024, HIGHEST = 1 << 20 };
    struct flags flags = {UINT64_MAX, 0, decoder_arch(r->decoder)->sp};
    if (!walk(r, NAME_PREEMPTONE, note_flag, &flags, e))
        return false;
    head->p_preempt = flags.highest;
    head->g_preempt = flags.lowest < LOWEST ? flags.lowest : 0;
    return (flags.highest > LOWEST && flags.highest < HIGHEST) ||
           error_set(e, gobin_path(r->bin), 0, "runtime.preemptone sets no flag of a P that could be found");
}

/* Addresses of words that are loaded. */
enum { MAX_LOADS = 32 };
struct loads {
    uint64_t at[MAX_LOADS];
    size_t n;
    uint32_t word; /* bytes */
};

/* What a register held at the function's entry counts as 0: the base of static data, which Go leaves there
 * (MIPS64's R28). */
static void note_load(void *context, const struct linear *l, const struct insn *insn)
{
    struct loads *loads = context;
    struct sum at;
    for (int m = 0; m < insn->fx.n_mem; m++) {
        const struct effect_mem *mem = &insn->fx.mem[m];
        if (!mem->load || !linear_address(l, mem, &at) || at.origin > NUMBER)
            continue;
        /* Go 1.27 loads a pair on arm64. */
        for (uint32_t byte = 0; byte < mem->size && loads->n < MAX_LOADS; byte += loads->word)
            loads->at[loads->n++] = (uint64_t)at.c + byte;
    }
}

/* allp, which preemptall goes through: two words side by side, a pointer and its length, that it loads from
 * data. */
static bool find_allp(struct reading *r, uint64_t *allp, struct error *e)
{
    enum { LOWEST = 4096 };
    struct loads loads = {.word = gobin_pointer_size(r->bin)};
    if (!walk(r, NAME_PREEMPTALL, note_load, &loads, e))
        return false;
    for (size_t a = 0; a < loads.n; a++)
        for (size_t b = 0; b < loads.n; b++)
            if (loads.at[a] > LOWEST && loads.at[a] < INT64_MAX &&
                gobin_find(r->bin, loads.at[a]) == gobin_n_funcs(r->bin) && /* a literal */
                loads.at[b] == loads.at[a] + gobin_pointer_size(r->bin)) {
                *allp = loads.at[a];
                return true;
            }
    return error_set(e, gobin_path(r->bin), 0, "runtime.preemptall does not show where allp is");
}

/* runtime.sigtable, whose entries are {flags int32; name string}, by its first name. */
static bool find_sigtable(const struct gobin *bin, uint64_t *sigtable, struct error *e)
{
    if (!gobin_find_string(bin, "SIGNONE: no trap", sigtable))
        return error_set(e, gobin_path(bin), 0, "it has no runtime.sigtable that could be found");
    *sigtable -= gobin_pointer_size(bin);
    return true;
}

/* Or 0. */
static uint64_t entry_of(const struct reading *r, enum reading_name name)
{
    struct gobin_func f;
    return reading_named(r, name, &f) == SIZE_MAX ? 0 : f.entry;
}

bool request_find(struct reading *r, struct shots_head *head, struct error *e)
{
    struct gobin_func f;
    if (head->signal) /* nothing is asked for */
        return find_sigtable(r->bin, &head->sigtable, e);
    if (reading_named(r, NAME_ASYNC_PREEMPT, &f) == SIZE_MAX)
        return error_set(e, gobin_path(r->bin), 0,
                         "it has no runtime.asyncPreempt: before Go 1.14 nothing was preempted by a "
                         "signal");
    head->async_preempt = f.entry;
    head->gc = entry_of(r, NAME_GC);
    head->callers = entry_of(r, NAME_CALLERS);
    head->wakep = entry_of(r, NAME_WAKEP);
    return find_sigtable(r->bin, &head->sigtable, e) && find_allp(r, &head->allp, e) &&
           find_flags(r, head, e);
}
