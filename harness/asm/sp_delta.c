/* SP deltas of programs. Which Progs move SP, and by what, is the architecture's data (struct sp_rule). */
#include "sp_delta.h"
#include "state_reg.h"

#include <string.h>

#include "pctab/pctab.h"

enum { NOT_REACHED = INT32_MIN };

/* What a Prog does to SP. */
struct effect {
    bool known;      /* else SP is written by what no rule knows */
    int64_t down;    /* bytes that SP moves down */
    bool falls;      /* the next Prog may be the next one run */
    int64_t at_call; /* what a call has pushed where its target begins */
};

struct walk {
    const struct asm_arch *arch;
    struct program *p;
    int sp; /* index of SP in the register list */
};

static bool is_sp(const struct walk *w, const struct operand *a)
{
    return a->kind == OPERAND_REG && state_reg_of(w->arch, a->reg) == w->sp;
}

/* A memory or address operand at a constant distance from SP. */
static bool is_on_sp(const struct walk *w, const struct operand *a, enum operand_kind kind)
{
    return a->kind == kind && a->reg && !a->index && state_reg_of(w->arch, a->reg) == w->sp;
}

static bool names(const char *pattern, const char *op)
{
    size_t n = strlen(pattern);
    return pattern[n - 1] == '*' ? strncmp(pattern, op, n - 1) == 0 : strcmp(pattern, op) == 0;
}

static int count_bits(uint32_t set)
{
    int n = 0;
    for (; set; set &= set - 1)
        n++;
    return n;
}

/* Whether the rule is one for these operands; then what they do to SP. */
static bool apply(const struct walk *w, const struct prog *q, const struct sp_rule *r, struct effect *e)
{
    const struct operand *first = &q->arg[0], *last = &q->arg[q->n_args > 0 ? q->n_args - 1 : 0];
    switch (r->shape) {
    case SP_ADD:
        if (first->kind != OPERAND_IMM || !is_sp(w, last) || (q->n_args == 3 && !is_sp(w, &q->arg[1])) ||
            q->n_args > 3)
            return false;
        e->down = r->bytes * first->value;
        return true;
    case SP_ADDR:
    case SP_LEA:
        if (q->n_args != 2 || !is_on_sp(w, first, r->shape == SP_ADDR ? OPERAND_ADDR : OPERAND_MEM) ||
            !is_sp(w, last))
            return false;
        e->down = -first->value;
        return true;
    case SP_INDEXED:
        for (int k = 0; k < q->n_args; k++)
            if (is_on_sp(w, &q->arg[k], OPERAND_MEM)) {
                e->down = -q->arg[k].value;
                return true;
            }
        return false;
    case SP_LIST:
        if (q->n_args != 2 || !is_on_sp(w, first->kind == OPERAND_LIST ? last : first, OPERAND_MEM))
            return false;
        e->down = r->bytes * count_bits((first->kind == OPERAND_LIST ? first : last)->regset);
        return true;
    case SP_PUSH:
        if (r->bytes < 0 && q->n_args > 0 && is_sp(w, last)) /* popped into SP itself */
            return false;
        e->down = r->bytes;
        return true;
    case SP_CALL:
        e->at_call = r->bytes;
        return true;
    case SP_JUMP:
        e->falls = false;
        return true;
    case SP_READ:
        return true;
    }
    return false;
}

static struct effect effect_of(const struct walk *w, const struct prog *q)
{
    if (q->has_spadj)
        return (struct effect){.known = true, .down = q->spadj, .falls = true};
    for (const struct sp_rule *r = w->arch->sp_rules; r->op; r++) {
        struct effect e = {.known = true, .falls = true};
        if (!names(r->op, q->op) || strcmp(r->suffix ? r->suffix : "", q->suffix) != 0 || !apply(w, q, r, &e))
            continue;
        if (w->arch->target->word == 4) /* $0xfffffff0 is -16 */
            e.down = (int32_t)e.down;
        return e;
    }
    return (struct effect){.known = q->n_args == 0 || !is_sp(w, &q->arg[q->n_args - 1]), .falls = true};
}

/* Notes that Prog k is reached with this delta; false if that was known. */
static bool reach(struct walk *w, int64_t k, int64_t delta)
{
    if (k >= w->p->n_progs)
        return false;
    int32_t *known = &w->p->progs[k].sp_delta;
    int32_t now = delta < SP_DELTA_MIN || delta > SP_DELTA_MAX ? SP_DELTA_UNKNOWN : (int32_t)delta;
    if (*known != NOT_REACHED && *known != now)
        now = SP_DELTA_UNKNOWN;
    bool changed = *known != now;
    *known = now;
    return changed;
}

/* From one Prog to those that may follow it; whether anything new came of it. */
static bool step(struct walk *w, int k)
{
    const struct prog *q = &w->p->progs[k];
    if (q->sp_delta == NOT_REACHED)
        return false;
    struct effect e = effect_of(w, q);
    bool known = e.known && q->sp_delta != SP_DELTA_UNKNOWN, changed = false;
    for (int j = 0; j < q->n_args; j++)
        if (q->arg[j].kind == OPERAND_TARGET)
            changed |= reach(w, q->arg[j].value, known ? q->sp_delta + e.at_call : SP_DELTA_UNKNOWN);
    if (e.falls)
        changed |= reach(w, k + 1, known ? q->sp_delta + e.down : SP_DELTA_UNKNOWN);
    return changed;
}

void sp_delta_follow(const struct asm_arch *arch, struct program *p)
{
    struct walk w = {arch, p, state_reg_index(arch, arch->target->sp)};
    for (int k = 0; k < p->n_progs; k++)
        p->progs[k].sp_delta = k == 0 ? 0 : NOT_REACHED;
    for (bool again = true; again;) {
        again = false;
        for (int k = 0; k < p->n_progs; k++)
            again |= step(&w, k);
    }
    /* What only a computed jump leads to. */
    for (int k = 0; k < p->n_progs; k++)
        if (p->progs[k].sp_delta == NOT_REACHED)
            p->progs[k].sp_delta = SP_DELTA_UNKNOWN;
}

bool sp_delta_encode(const struct asm_arch *arch, const struct program *p, uint8_t *out, size_t capacity,
                     size_t *length, struct error *e)
{
    struct pc_run runs[MAX_PROGS];
    size_t n = 0;
    for (int k = 0; k < p->n_progs; k++) {
        const struct prog *q = &p->progs[k];
        if (q->size > 0)
            runs[n++] = (struct pc_run){q->pc, q->pc + q->size, q->sp_delta};
    }
    enum pctab_error err = pctab_encode_sp_delta(runs, n, arch->target->case_quantum, out, capacity, length);
    return err == PCTAB_OK || error_set(e, p->file, p->line, "%s: the SP-delta table can't be encoded: %s",
                                        p->name, pctab_strerror(err));
}
