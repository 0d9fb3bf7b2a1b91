/* The set that is spread over the graph has the places that may hold something else (homes.h): general
 * registers by their number, and behind them the stack words that are ever stored to from a register that
 * may hold the value. */
#include "homes.h"

#include <stdlib.h>

#include "data.h"
#include "values.h"

enum { MAX_WORDS = MAX_UNITS - MAX_GENERAL };

struct homes {
    struct sets *sets;
    const struct unitset *in; /* by block */
    const struct cfg *cfg;
    uint64_t serial; /* of what is in cfg */
    int unit;
    int64_t kept_below_sp;
    int64_t word[MAX_WORDS]; /* bytes from the entry's SP */
    int n_words;
};

struct homes *homes_new(void)
{
    struct homes *h = calloc(1, sizeof *h);
    if (h)
        h->sets = sets_new();
    if (h && !h->sets) {
        free(h);
        return NULL;
    }
    return h;
}

void homes_free(struct homes *h)
{
    if (!h)
        return;
    sets_free(h->sets);
    free(h);
}

/* ---- places ---- */

static int word_place(const struct homes *h, int64_t at)
{
    for (int i = 0; i < h->n_words; i++)
        if (h->word[i] == at)
            return MAX_GENERAL + i;
    return NO_INDEX;
}

static int unit_place(const struct homes *h, int unit)
{
    return values_number(h->cfg, unit);
}

/* A place that is not followed is no home. */
static bool is_lost(const struct unitset *lost, int place)
{
    return place == NO_INDEX || unit_in(lost, place);
}

static void set_lost(struct unitset *lost, int place, bool is)
{
    uint64_t bit = UINT64_C(1) << place % 64;
    lost->w[place / 64] = is ? lost->w[place / 64] | bit : lost->w[place / 64] & ~bit;
}

bool homes_unit(const struct homes *h, const struct unitset *lost, int unit)
{
    return !is_lost(lost, unit_place(h, unit));
}

bool homes_word(const struct homes *h, const struct unitset *lost, int64_t at)
{
    return !is_lost(lost, word_place(h, at));
}

/* ---- what an instruction moves ---- */

/* The place whose value a general register gets, or NO_INDEX. */
static int source_of(const struct homes *h, const struct insn *insn, int unit)
{
    const struct effects *fx = &insn->fx;
    int16_t data[MAX_DATA];
    for (int i = 0; i < fx->n_values; i++)
        if (fx->value[i].dst == unit && fx->value[i].op == VALUE_ADD_IMM && fx->value[i].imm == 0)
            return unit_place(h, fx->value[i].src);
    if (fx->n_mem != 1 || !fx->mem[0].load || insn->address[0].kind != VALUE_SP0)
        return NO_INDEX;
    int n = data_units(h->cfg->arch, fx, data);
    for (int i = 0; i < n; i++)
        if (data[i] == unit)
            return word_place(h, insn->address[0].c + i * (int64_t)h->cfg->arch->target->word);
    return NO_INDEX;
}

static void step_registers(const struct homes *h, const struct insn *insn, const struct unitset *was,
                           struct unitset *lost)
{
    struct unitset written = unitset_and(&insn->fx.writes, &h->cfg->arch->general);
    while (!unitset_empty(&written)) {
        int u = unitset_take(&written);
        bool keeps = !unit_in(&insn->fx.kills, u); /* it may */
        set_lost(lost, unit_place(h, u),
                 is_lost(was, source_of(h, insn, u)) || (keeps && is_lost(was, unit_place(h, u))));
    }
}

static void step_stores(const struct homes *h, const struct insn *insn, const struct unitset *was,
                        struct unitset *lost)
{
    const struct effects *fx = &insn->fx;
    int64_t word = h->cfg->arch->target->word;
    int16_t data[MAX_DATA];
    bool stores = false;
    for (int m = 0; m < fx->n_mem; m++)
        stores = stores || (fx->mem[m].store && insn->address[m].kind == VALUE_SP0);
    if (!stores || effects_call(fx))
        return;
    int n = data_units(h->cfg->arch, fx, data);
    for (int m = 0; m < fx->n_mem; m++) {
        if (!fx->mem[m].store || insn->address[m].kind != VALUE_SP0)
            continue;
        int64_t from = insn->address[m].c, to = from + (fx->mem[m].size ? fx->mem[m].size : 1);
        for (int i = 0; i < h->n_words; i++) {
            int64_t at = h->word[i], nth = (at - from) / word;
            if (at >= to || at + word <= from)
                continue;
            bool whole = at >= from && (at - from) % word == 0 && nth < n;
            bool gone = !whole || is_lost(was, unit_place(h, data[nth]));
            bool keeps = fx->flags & IS_CONDITIONAL;
            set_lost(lost, MAX_GENERAL + i, gone || (keeps && is_lost(was, MAX_GENERAL + i)));
        }
    }
}

/* What a call leaves: of the registers SP and the frame pointer, and what is not below SP. */
static void step_call(const struct homes *h, int32_t k, struct unitset *lost)
{
    const struct cfg *cfg = h->cfg;
    const struct insn *insn = cfg_at(cfg, k), *call = insn->in_delay_slot ? cfg_at(cfg, k - 1) : insn;
    int frame = values_frame_pointer(cfg), link = cfg->arch->link;
    /* Whoever is called by another link register leaves this one alone, for its own caller's return. */
    bool keeps_link = link != NO_UNIT && !unit_in(&call->fx.writes, link);
    enum callee callee = CALLEE_PLAIN;
    if (call->fx.flow == FLOW_CALL && cfg->around->callee)
        callee = cfg->around->callee(cfg->around->context, call->fx.target);
    for (int u = 0; u < cfg->arch->n_units; u++)
        if (unit_in(&cfg->arch->general, u) && u != frame && u != cfg->arch->sp && !(keeps_link && u == link))
            set_lost(lost, unit_place(h, u), true);
    /* It goes on here with the link register that the function was entered with (runtime/stack.go,
     * newstack). */
    if (callee == CALLEE_GROWS_STACK && h->unit != NO_UNIT && h->unit == link)
        set_lost(lost, unit_place(h, h->unit), false);
    for (int i = 0; callee != CALLEE_WITHOUT_STACK && i < h->n_words; i++)
        if (insn->sp.kind != VALUE_SP0 || h->word[i] < insn->sp.c - h->kept_below_sp)
            set_lost(lost, MAX_GENERAL + i, insn->sp.kind == VALUE_SP0 || is_lost(lost, MAX_GENERAL + i));
}

void homes_step(const struct homes *h, int32_t k, struct unitset *lost)
{
    const struct insn *insn = cfg_at(h->cfg, k);
    struct unitset was = *lost;
    step_stores(h, insn, &was, lost);
    step_registers(h, insn, &was, lost);
    if (insn->call_ends)
        step_call(h, k, lost);
}

/* ---- which words ---- */

static void add_word(struct homes *h, int64_t at)
{
    if (h->n_words < MAX_WORDS && word_place(h, at) == NO_INDEX)
        h->word[h->n_words++] = at;
}

/* Adds the words, and to `carriers` the registers, that the instruction moves the value to if any of the
 * carriers and words holds it. */
static void collect_from(struct homes *h, const struct insn *insn, struct unitset *carriers)
{
    const struct effects *fx = &insn->fx;
    int16_t data[MAX_DATA];
    for (int i = 0; i < fx->n_values; i++)
        if (fx->value[i].op == VALUE_ADD_IMM && fx->value[i].imm == 0 && unit_in(carriers, fx->value[i].src))
            unit_add(carriers, fx->value[i].dst);
    if (fx->n_mem != 1 || insn->address[0].kind != VALUE_SP0 || effects_call(fx))
        return;
    int n = data_units(h->cfg->arch, fx, data);
    for (int i = 0; i < n; i++) {
        int64_t at = insn->address[0].c + i * (int64_t)h->cfg->arch->target->word;
        if (fx->mem[0].store && unit_in(carriers, data[i]))
            add_word(h, at);
        if (fx->mem[0].load && word_place(h, at) != NO_INDEX)
            unit_add(carriers, data[i]);
    }
}

static void collect(struct homes *h)
{
    struct unitset carriers = {{0}}, before;
    int n_before;
    h->n_words = 0;
    if (h->unit == NO_UNIT)
        add_word(h, 0);
    else
        unit_add(&carriers, h->unit);
    do {
        before = carriers;
        n_before = h->n_words;
        for (int32_t k = 0; k < h->cfg->n_insns; k++)
            collect_from(h, cfg_at(h->cfg, k), &carriers);
    } while (h->n_words != n_before || !unitset_same(&carriers, &before));
}

/* ---- the function ---- */

static void step(void *context, int32_t k, struct unitset *lost)
{
    homes_step(context, k, lost);
}

void homes_follow(struct homes *h, const struct cfg *cfg, int unit, uint32_t kept_below_sp)
{
    struct unitset entry = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};
    if (h->cfg == cfg && h->serial == cfg->serial && h->unit == unit && h->kept_below_sp == kept_below_sp)
        return; /* several checks ask the same */
    h->cfg = cfg;
    h->serial = cfg->serial;
    h->unit = unit;
    h->kept_below_sp = kept_below_sp;
    collect(h);
    set_lost(&entry, unit == NO_UNIT ? word_place(h, 0) : unit_place(h, unit), false);
    h->in = sets_spread(h->sets, cfg, &entry, step, h);
}

struct unitset homes_lost(const struct homes *h, int32_t block)
{
    return h->in[block];
}
