/* Finding what to take out of a binary: see harvest.h. */
#include "harvest.h"

#include <string.h>

#include "fingerprint.h"
#include "harvest_case.h"
#include "runnable.h"
#include "go/binary/grow.h"
#include "go/flow/cfg_build.h"

const char *const harvest_kind_names[N_HARVEST_KINDS] = {"restart", "made", "block"};

enum { BLOCK_INSNS = 12, MADE_INSNS = 6 };

/* A set of numbers, each with an index. */
struct index {
    uint64_t *key;
    size_t *at;
    size_t n, capacity; /* a power of two, or 0 */
};

struct harvester {
    const struct gobin *bin;
    const struct harvest_options *o;
    FILE *out;
    struct harvest *h;
    size_t entry_capacity;
    struct decoder *decoder;
    struct cfg *cfg;
    struct index entries; /* of restart and made */
    struct index forms;   /* of instructions: all that there are */
    struct index taken;   /* and those that are in some block's case */
    unsigned n_blocks;
    struct error *e;
};

/* ---- index ---- */

static size_t slot(const struct index *x, uint64_t key)
{
    size_t i = key & (x->capacity - 1);
    while (x->at[i] && x->key[i] != key)
        i = (i + 1) & (x->capacity - 1);
    return i;
}

static void index_grow(struct index *x)
{
    struct index more = {.capacity = x->capacity ? 2 * x->capacity : 1024, .n = x->n};
    size_t room = 0;
    more.key = grow(NULL, &room, more.capacity, sizeof *more.key);
    room = 0;
    more.at = grow(NULL, &room, more.capacity, sizeof *more.at);
    memset(more.at, 0, more.capacity * sizeof *more.at);
    for (size_t i = 0; i < x->capacity; i++)
        if (x->at[i]) {
            size_t to = slot(&more, x->key[i]);
            more.key[to] = x->key[i];
            more.at[to] = x->at[i];
        }
    free(x->key);
    free(x->at);
    *x = more;
}

/* Its index plus 1; a new key gets `fresh`, which must not be 0, and *is_new says so. */
static size_t index_of(struct index *x, uint64_t key, size_t fresh, bool *is_new)
{
    if (2 * x->n >= x->capacity)
        index_grow(x);
    size_t i = slot(x, key);
    *is_new = !x->at[i];
    if (*is_new) {
        x->key[i] = key;
        x->at[i] = fresh;
        x->n++;
    }
    return x->at[i];
}

static bool index_has(const struct index *x, uint64_t key)
{
    return x->capacity && x->at[slot(x, key)];
}

/* ---- entries ---- */

static struct harvest_entry *add_entry(struct harvester *hv, enum harvest_kind kind, const struct sequence *s,
                                       uint64_t key)
{
    struct harvest *h = hv->h;
    h->entries = grow(h->entries, &hv->entry_capacity, h->n + 1, sizeof *h->entries);
    struct harvest_entry *entry = &h->entries[h->n++];
    *entry = (struct harvest_entry){.key = key, .kind = kind};
    sequence_mnemonics(s, entry->text, sizeof entry->text);
    return entry;
}

static void take(struct harvester *hv, struct harvest_entry *entry, const struct sequence *s,
                 const struct placement *p)
{
    const struct insn *first = sequence_at(s, 0);
    snprintf(entry->name, sizeof entry->name, "%s.%zu", harvest_kind_names[entry->kind],
             (size_t)(entry - hv->h->entries));
    snprintf(entry->function, sizeof entry->function, "%s", s->cfg->func.name);
    entry->offset = first->offset;
    entry->address = first->fx.pc;
    entry->why = NULL;
    harvest_case(hv->out, entry, s, p);
}

/* An occurrence of a restart range or a made address: the first that can be placed becomes the case. */
static void offer(struct harvester *hv, enum harvest_kind kind, struct sequence s)
{
    uint64_t key = (hv->o->all ? sequence_bytes(&s) : sequence_shape(&s)) * N_HARVEST_KINDS + kind;
    bool is_new;
    size_t at = index_of(&hv->entries, key, hv->h->n + 1, &is_new);
    struct harvest_entry *entry = is_new ? add_entry(hv, kind, &s, key) : &hv->h->entries[at - 1];
    entry->count++;
    if (*entry->name)
        return;
    struct placement p;
    const char *why;
    int32_t n = sequence_runnable(&s, &why);
    entry->cut = s.n - n;
    entry->why_cut = why;
    s.n = n;
    if (n < 2)
        entry->why = why ? why : "only one instruction is left";
    else if (sequence_place(&s, &p))
        take(hv, entry, &s, &p);
    else
        entry->why = p.why;
}

/* ---- restart ranges ---- */

static void find_ranges(struct harvester *hv)
{
    struct sequence s = {hv->cfg, hv->decoder, 0, 0};
    struct pctab_iter it;
    enum pctab_error error;
    pctab_begin(&it, &hv->cfg->func.unsafe_point);
    while (pctab_next(&it, &error)) {
        if (it.run.value != POINT_RESTART_1 && it.run.value != POINT_RESTART_2)
            continue;
        while (s.first < hv->cfg->n_insns && cfg_at(hv->cfg, s.first)->offset < it.run.start)
            s.first++;
        for (s.n = 0; s.first + s.n < hv->cfg->n_insns && sequence_at(&s, s.n)->offset < it.run.end;)
            s.n++;
        if (s.n > 0 && s.n <= MAX_SEQUENCE && sequence_at(&s, 0)->filter == FILTER_NONE)
            offer(hv, HARVEST_RESTART, s);
    }
}

/* ---- addresses and constants ---- */

static bool is_safe(const struct insn *insn)
{
    return insn->known == INSN_KNOWN && insn->allowed && insn->point == POINT_SAFE &&
           insn->filter == FILTER_NONE;
}

/* The register that an instruction begins to make something in: a constant, a literal, or a sum that the next
 * one consumes (`closed`); NO_UNIT if it does not. */
static int makes(const struct insn *insn, bool *closed)
{
    const struct effects *fx = &insn->fx;
    if (fx->n_values != 1 || fx->flags & IS_CONDITIONAL)
        return NO_UNIT;
    bool literal = fx->value[0].op == VALUE_LOAD && fx->n_mem == 1 && fx->mem[0].base == NO_UNIT &&
                   fx->mem[0].index == NO_UNIT;
    *closed = fx->value[0].op == VALUE_ADD_IMM && fx->value[0].imm != 0 && fx->n_mem == 0;
    return fx->value[0].op == VALUE_CONST || literal || *closed ? fx->value[0].dst : NO_UNIT;
}

static void find_made(struct harvester *hv)
{
    for (int32_t k = 0; k + 1 < hv->cfg->n_insns; k++) {
        struct sequence s = {hv->cfg, hv->decoder, k, 1};
        bool closed = false;
        int unit = is_safe(cfg_at(hv->cfg, k)) ? makes(cfg_at(hv->cfg, k), &closed) : NO_UNIT;
        while (unit != NO_UNIT && k + s.n < hv->cfg->n_insns && s.n < MADE_INSNS) {
            const struct insn *next = sequence_at(&s, s.n), *last = sequence_at(&s, s.n - 1);
            if (!is_safe(next) || last->end != next->offset || last->block != next->block ||
                !unit_in(&next->fx.reads, unit) || next->fx.flow != FLOW_NEXT ||
                (closed && !unit_in(&next->fx.kills, unit)))
                break;
            s.n++;
            if (!unit_in(&next->fx.kills, unit))
                break;
        }
        if (s.n >= 2)
            offer(hv, HARVEST_MADE, s);
    }
}

/* ---- basic blocks ---- */

static uint64_t form_of(const struct sequence *s, int32_t k)
{
    struct sequence one = {s->cfg, s->decoder, s->first + k, 1};
    return sequence_shape(&one);
}

/* Before it, something that a restart needs was left out. */
static bool is_inside(const struct insn *insn)
{
    return insn->in_delay_slot || (insn->point <= POINT_RESTART_1 && insn->resume != insn->offset);
}

/* A stretch that can be placed: a case, if it has a form of instruction that no block has had, at a PC where
 * a call may be injected. */
static void offer_block(struct harvester *hv, struct sequence *s, const struct placement *p)
{
    bool fresh = false, is_new;
    for (int32_t k = 0; k < s->n && !fresh; k++)
        fresh = sequence_at(s, k)->allowed && !index_has(&hv->taken, form_of(s, k));
    if (!fresh || s->n < 2)
        return;
    for (int32_t k = 0; k < s->n; k++)
        if (sequence_at(s, k)->allowed)
            index_of(&hv->taken, form_of(s, k), 1, &is_new);
    struct harvest_entry *entry = add_entry(hv, HARVEST_BLOCK, s, sequence_shape(s));
    entry->count = 1;
    take(hv, entry, s, p);
    hv->n_blocks++;
}

/* The longest stretch from an instruction on that can be run and placed; how far to go on. */
static int32_t cut_stretch(struct harvester *hv, int32_t k, int32_t last)
{
    struct sequence s = {hv->cfg, hv->decoder, k, last - k + 1};
    struct placement p = {0};
    const char *why;
    s.n = s.n < BLOCK_INSNS ? s.n : BLOCK_INSNS;
    s.n = sequence_runnable(&s, &why);
    while (s.n > 0 && !sequence_place(&s, &p))
        s.n = p.bad < s.n ? p.bad : s.n - 1;
    if (s.n == 0)
        return k + 1;
    offer_block(hv, &s, &p);
    return k + s.n;
}

static void count_forms(struct harvester *hv)
{
    bool is_new;
    for (int32_t k = 0; k < hv->cfg->n_insns; k++) {
        struct sequence s = {hv->cfg, hv->decoder, k, 1};
        if (sequence_at(&s, 0)->known == INSN_KNOWN && sequence_at(&s, 0)->allowed &&
            sequence_at(&s, 0)->filter == FILTER_NONE)
            index_of(&hv->forms, form_of(&s, 0), 1, &is_new);
    }
}

static void find_blocks(struct harvester *hv)
{
    for (int32_t b = 0; b < hv->cfg->n_blocks && hv->n_blocks < hv->o->blocks; b++) {
        const struct block *block = &hv->cfg->blocks[b];
        for (int32_t k = block->first; k <= block->last;) {
            const struct insn *insn = cfg_at(hv->cfg, k);
            k = insn->filter != FILTER_NONE || is_inside(insn) ? k + 1 : cut_stretch(hv, k, block->last);
        }
    }
}

/* ---- all ---- */

static bool never_returns(void *context, uint64_t address)
{
    (void)context;
    (void)address;
    return false; /* then a gap's start is taken for an instruction, as it mostly is */
}

static const uint8_t *constant(void *context, uint64_t address, size_t n)
{
    return gobin_bytes(context, address, n);
}

static void search(struct harvester *hv)
{
    struct surroundings around = {.context = (void *)(uintptr_t)hv->bin,
                                  .never_returns = never_returns,
                                  .constant = constant,
                                  .bin = hv->bin,
                                  .big_endian = gobin_is_big_endian(hv->bin)};
    for (size_t i = 0; i < gobin_n_funcs(hv->bin); i++) {
        struct gobin_func f;
        gobin_func(hv->bin, i, &f);
        if (!f.code || f.filter != FILTER_NONE || *f.damage)
            continue;
        cfg_build(hv->cfg, hv->decoder, &f, &around);
        hv->h->functions++;
        hv->h->insns += (uint64_t)hv->cfg->n_insns;
        if (hv->cfg->n_insns == 0)
            continue;
        find_ranges(hv);
        find_made(hv);
        count_forms(hv);
        find_blocks(hv);
    }
}

bool harvest_write(const struct gobin *bin, const struct harvest_options *o, FILE *out, struct harvest *h,
                   struct error *e)
{
    struct harvester hv = {.bin = bin, .o = o, .out = out, .h = h, .e = e};
    *h = (struct harvest){0};
    hv.decoder = decoder_open(gobin_target(bin), e);
    if (!hv.decoder)
        return false;
    hv.cfg = cfg_new(decoder_arch(hv.decoder));
    harvest_header(out, bin);
    if (hv.cfg)
        search(&hv);
    cfg_free(hv.cfg);
    decoder_close(hv.decoder);
    free(hv.entries.key);
    free(hv.entries.at);
    free(hv.forms.key);
    free(hv.forms.at);
    free(hv.taken.key);
    free(hv.taken.at);
    h->forms = hv.forms.n;
    h->forms_taken = hv.taken.n;
    return hv.cfg || error_set(e, gobin_target(bin), 0, "out of memory");
}

void harvest_free(struct harvest *h)
{
    free(h->entries);
    *h = (struct harvest){0};
}
