/* below-sp: a word below SP is needed later where a call may be injected. The call, and whatever runs on the
 * stack from there on, overwrites everything below SP except what pushCall leaves alone
 * (check_input.kept_below_sp).
 *
 * Only words that the function itself addresses below SP, by SP or a copy, are looked at; a load through a
 * pointer that could not be followed is assumed to be elsewhere. */
#include "check.h"

#include <inttypes.h>
#include <string.h>

/* Words are of the machine's size; of half of it where the function stores such halves. */
enum { HALF = 4 };

struct words {
    const struct cfg *cfg;
    int64_t size; /* bytes of a word */
    int64_t kept; /* bytes below SP */
    int n;
    int64_t of[MAX_UNITS]; /* words' addresses, as bytes from the entry's SP; their places are the members of
                              sets */
};

/* The bytes that memory operand i of an instruction touches, if they are known; calls' own pushes are not the
 * function's. */
static bool touched(const struct insn *insn, int i, int64_t *from, int64_t *to)
{
    if (effects_call(&insn->fx) || insn->address[i].kind != VALUE_SP0)
        return false;
    *from = insn->address[i].c;
    *to = *from + (insn->fx.mem[i].size ? insn->fx.mem[i].size : 1);
    return true;
}

static void add_word(struct words *w, int64_t at)
{
    for (int i = 0; i < w->n; i++)
        if (w->of[i] == at)
            return;
    if (w->n < MAX_UNITS)
        w->of[w->n++] = at;
}

static void collect(struct words *w)
{
    const struct cfg *cfg = w->cfg;
    int64_t from, to;
    w->size = cfg->arch->target->word;
    for (int32_t k = 0; k < cfg->n_insns; k++)
        for (int i = 0; i < cfg_at(cfg, k)->fx.n_mem; i++)
            if (touched(cfg_at(cfg, k), i, &from, &to) && to - from == HALF)
                w->size = HALF;
    for (int32_t k = 0; k < cfg->n_insns && w->n < MAX_UNITS; k++) {
        const struct insn *insn = cfg_at(cfg, k);
        for (int i = 0; i < insn->fx.n_mem; i++) {
            if (insn->sp.kind != VALUE_SP0 || !touched(insn, i, &from, &to))
                continue;
            int64_t end = to < insn->sp.c - w->kept ? to : insn->sp.c - w->kept;
            for (int64_t at = from & -w->size; at < end && w->n < MAX_UNITS; at += w->size)
                add_word(w, at);
        }
    }
}

static void set_word(struct unitset *s, int i, bool in)
{
    uint64_t bit = UINT64_C(1) << i % 64;
    s->w[i / 64] = in ? s->w[i / 64] | bit : s->w[i / 64] & ~bit;
}

static void step_words(void *context, int32_t k, struct unitset *live)
{
    const struct words *w = context;
    const struct insn *insn = cfg_at(w->cfg, k);
    int64_t from, to, word = w->size;
    if (insn->call_ends && insn->sp.kind == VALUE_SP0) /* what lies below SP is the callee's */
        for (int i = 0; i < w->n; i++)
            if (w->of[i] < insn->sp.c - w->kept)
                set_word(live, i, false);
    for (int i = 0; i < insn->fx.n_mem; i++)
        if (insn->fx.mem[i].store && insn->fx.mem[i].size && !(insn->fx.flags & IS_CONDITIONAL) &&
            touched(insn, i, &from, &to))
            for (int n = 0; n < w->n; n++)
                if (w->of[n] >= from && w->of[n] + word <= to)
                    set_word(live, n, false);
    for (int i = 0; i < insn->fx.n_mem; i++)
        if (insn->fx.mem[i].load && touched(insn, i, &from, &to))
            for (int n = 0; n < w->n; n++)
                if (w->of[n] < to && w->of[n] + word > from)
                    set_word(live, n, true);
}

void check_below_sp(const struct check_input *in)
{
    const struct cfg *cfg = in->cfg;
    struct words w = {.cfg = cfg, .kept = in->kept_below_sp};
    collect(&w);
    if (w.n == 0)
        return;
    liveness_run_by(in->liveness, cfg, step_words, &w);
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        const struct insn *insn = cfg_at(cfg, k);
        int32_t resume = insn->allowed && insn->sp.kind == VALUE_SP0 ? cfg_find(cfg, insn->resume) : NO_INDEX;
        if (resume == NO_INDEX)
            continue;
        const struct unitset *live = liveness_at(in->liveness, resume);
        for (int i = 0; i < w.n && !unitset_empty(live); i++)
            if (unit_in(live, i) && w.of[i] < insn->sp.c - in->kept_below_sp)
                finding_add(in, CHECK_BELOW_SP, k, NO_UNIT, w.of[i], NO_INDEX,
                            "the word at SP%+" PRId64
                            " is needed later, and an injected call overwrites what lies below SP",
                            w.of[i] - insn->sp.c);
    }
}
