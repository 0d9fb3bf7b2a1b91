/* A stub's code, followed along its one way (stub_read.h). */
#include "stub_read.h"

#include <stdlib.h>

#include "reg_kind.h"

/* clang-format off */
enum { MAX_CELLS = 512, MAX_STEPS = 4096 };
enum space { FRAME /* from SP at the entry */, IN_P /* from the beginning of p */ };
enum known { UNKNOWN, ENTRY, ADDRESS };
/* clang-format on */

struct value {
    enum known known;
    enum space space; /* of an address */
    int64_t at;       /* an address; or the unit that had the value at the entry */
};
/* Bytes of memory that hold a unit's value. */
struct cell {
    enum space space;
    int64_t at;
    unsigned bytes;
    struct value value;
};
static const struct value unknown = {UNKNOWN, FRAME, 0};
struct reading {
    const struct stub_code *code;
    const struct effects_arch *arch;
    struct value unit[MAX_UNITS];
    struct cell cell[MAX_CELLS];
    int n_cells;
    uint64_t pc;
};

static struct value address_of(const struct reading *r, const struct effect_mem *m)
{
    if (m->base == NO_UNIT || m->index != NO_UNIT || m->size == 0 || r->unit[m->base].known != ADDRESS)
        return unknown;
    struct value v = r->unit[m->base];
    v.at += m->disp;
    return v;
}

/* ---- memory ---- */

/* What is left of the cells behind a store of so many bytes. */
static void forget(struct reading *r, enum space space, int64_t from, int64_t to)
{
    int n = 0;
    for (int i = 0; i < r->n_cells; i++) {
        const struct cell *c = &r->cell[i];
        if (c->space != space || c->at >= to || c->at + c->bytes <= from)
            r->cell[n++] = *c;
    }
    r->n_cells = n;
}

static struct value find(const struct reading *r, const struct value *at, unsigned bytes)
{
    const struct stub_walks *w = r->code->walks;
    for (int i = 0; i < r->n_cells; i++)
        if (r->cell[i].space == at->space && r->cell[i].at == at->at && r->cell[i].bytes == bytes)
            return r->cell[i].value;
    /* asyncPreempt2 brings what was saved to where the pointer leads. */
    if (at->space == IN_P && w->n > 0 && at->at == w->cache && bytes == r->arch->target->word)
        return (struct value){ADDRESS, IN_P, w->scratch};
    return unknown;
}

/* The unit that the instruction moves to or from `done` bytes behind its memory operand; NO_UNIT if none. */
static int moved_unit(const struct reading *r, const struct effects *fx, unsigned done)
{
    const struct effect_mem *m = &fx->mem[0];
    const struct unitset *units = m->store ? &fx->reads : &fx->writes;
    unsigned at = 0;
    for (int u = 0; u < r->arch->n_units; u++) {
        bool moves_base = u == m->base && (m->store || unit_in(&fx->reads, u)) && u == r->arch->sp;
        if (!unit_in(units, u) || moves_base || (m->store && u == m->base))
            continue;
        if (at == done)
            return u;
        at += r->arch->units[u].bytes;
    }
    return NO_UNIT;
}

/* The bytes of all of them, for a store: it has to be all that is stored. */
static bool is_whole(const struct reading *r, const struct effects *fx)
{
    unsigned bytes = 0;
    for (int u; bytes < fx->mem[0].size && (u = moved_unit(r, fx, bytes)) != NO_UNIT;)
        bytes += r->arch->units[u].bytes;
    return bytes == fx->mem[0].size && (fx->mem[0].load || moved_unit(r, fx, bytes) == NO_UNIT);
}

static bool moves(const struct reading *r, const struct effects *fx)
{
    return fx->flags & IS_MOVE && fx->n_mem == 1 && fx->mem[0].load != fx->mem[0].store && is_whole(r, fx);
}

static const char *store(struct reading *r, const struct effects *fx)
{
    bool moved = moves(r, fx);
    for (int i = 0; i < fx->n_mem; i++) {
        struct value to = address_of(r, &fx->mem[i]);
        if (!fx->mem[i].store)
            continue;
        if (to.known != ADDRESS || (to.space == FRAME && to.at + fx->mem[i].size > 0))
            return "it stores to where it can't be followed";
        forget(r, to.space, to.at, to.at + fx->mem[i].size);
        for (unsigned done = 0; moved && done < fx->mem[i].size;) {
            int u = moved_unit(r, fx, done);
            if (r->n_cells == MAX_CELLS)
                return "it stores too much";
            r->cell[r->n_cells++] =
                (struct cell){to.space, to.at + done, r->arch->units[u].bytes, r->unit[u]};
            done += r->arch->units[u].bytes;
        }
    }
    return NULL;
}

/* ---- registers ---- */

static void load(const struct reading *was, const struct effects *fx, struct reading *r)
{
    if (!moves(was, fx) || !fx->mem[0].load)
        return;
    struct value from = address_of(was, &fx->mem[0]);
    for (unsigned done = 0; from.known == ADDRESS && done < fx->mem[0].size;) {
        int u = moved_unit(was, fx, done);
        struct value at = {ADDRESS, from.space, from.at + done};
        r->unit[u] = find(was, &at, was->arch->units[u].bytes);
        done += was->arch->units[u].bytes;
    }
}

static void write(struct reading *r, const struct effects *fx)
{
    struct reading was = *r;
    for (int u = 0; u < r->arch->n_units; u++)
        if (unit_in(&fx->writes, u))
            r->unit[u] = unknown;
    load(&was, fx, r);
    for (int i = 0; i < fx->n_values; i++) {
        const struct effect_value *v = &fx->value[i];
        if (v->op != VALUE_ADD_IMM || (v->imm != 0 && was.unit[v->src].known != ADDRESS))
            continue;
        r->unit[v->dst] = was.unit[v->src];
        r->unit[v->dst].at += v->imm;
    }
}

/* Not SP, and not the thread's own. */
static bool counts(const struct reading *r, int unit)
{
    return unit != r->arch->sp && r->arch->units[unit].kind != REG_THREAD;
}

/* It may change all but SP, what is above SP, and the thread's own. */
static const char *call(struct reading *r)
{
    const struct value *sp = &r->unit[r->arch->sp];
    if (sp->known != ADDRESS || sp->space != FRAME)
        return "where its stack pointer is can't be followed";
    forget(r, FRAME, INT64_MIN / 2, sp->at);
    for (int u = 0; u < r->arch->n_units; u++)
        if (counts(r, u))
            r->unit[u].known = UNKNOWN;
    return NULL;
}

static const char *end(const struct reading *r, struct unitset *lost)
{
    const struct value *sp = &r->unit[r->arch->sp];
    if (sp->known != ADDRESS || sp->space != FRAME || sp->at != 0)
        return "its stack pointer does not come back";
    for (int u = 0; u < r->arch->n_units; u++)
        if (counts(r, u) && (r->unit[u].known != ENTRY || r->unit[u].at != u))
            unit_add(lost, u);
    return NULL;
}

/* ---- the way ---- */

/* The loads of g, m and p, or the question, that the probe's own take the place of. Returns their bytes. */
static uint32_t skip(struct reading *r)
{
    const struct stub_walk *walk = stub_walk_at(r->code->walks, r->pc);
    const struct stub_question *q = stub_flags_question(r->code->flags, r->pc);
    if (walk && walk->unit != NO_UNIT)
        r->unit[walk->unit] = (struct value){ADDRESS, IN_P, 0};
    if (walk && walk->unit == NO_UNIT)
        r->unit[r->arch->goroutine].known = UNKNOWN;
    if (walk || !q)
        return walk ? walk->size : 0;
    if (q->unit != NO_UNIT)
        r->unit[q->unit].known = UNKNOWN;
    if (q->base != NO_UNIT)
        r->unit[q->base].known = UNKNOWN;
    for (int u = 0; u < r->arch->n_units; u++)
        if (r->arch->units[u].kind == REG_FLAGS)
            r->unit[u].known = UNKNOWN;
    return q->size;
}

/* One instruction; sets *ended behind the last one. */
static const char *step(struct reading *r, struct unitset *lost, bool *ended)
{
    const struct gobin_func *f = r->code->f;
    struct effects fx;
    const char *why;
    uint32_t skipped = skip(r);
    r->pc += skipped;
    if (skipped)
        return NULL;
    if (r->pc < f->entry || r->pc >= f->end ||
        decoder_insn(r->code->decoder, f->code + (r->pc - f->entry), f->end - r->pc, r->pc, &fx) != DECODED)
        return "an unknown instruction";
    stub_flags_decide(r->code->flags, &fx);
    *ended = fx.flow == FLOW_RET;
    if (*ended)
        return end(r, lost);
    if (fx.flow == FLOW_CALL)
        why = call(r);
    else if ((fx.flow == FLOW_NEXT || fx.flow == FLOW_JUMP) &&
             !(fx.flags & (IS_CONDITIONAL | HAS_DELAY_SLOT)))
        why = store(r, &fx);
    else
        why = "where it goes on can't be followed";
    if (!why && fx.flow != FLOW_CALL)
        write(r, &fx);
    r->pc = fx.flow == FLOW_JUMP ? fx.target : r->pc + fx.size;
    return why;
}

const char *stub_read(const struct stub_code *code, struct unitset *lost, uint64_t *at)
{
    struct reading *r = calloc(1, sizeof *r);
    const char *why = r ? NULL : "out of memory";
    bool ended = false;
    *lost = (struct unitset){{0}};
    *at = code->f->entry;
    if (!r)
        return why;
    *r = (struct reading){.code = code, .arch = decoder_arch(code->decoder), .pc = code->f->entry};
    for (int u = 0; u < r->arch->n_units; u++)
        r->unit[u] = (struct value){ENTRY, FRAME, u};
    r->unit[r->arch->sp] = (struct value){ADDRESS, FRAME, 0};
    for (int steps = 0; !why && !ended; steps++) {
        *at = r->pc;
        why = steps < MAX_STEPS ? step(r, lost, &ended) : "it does not end";
    }
    free(r);
    return why;
}
