/* Follows values through a sequence, each general register beginning as an unknown of its own (accesses.h).
 */
#include "accesses.h"

/* clang-format off */
enum {
    LITERAL_REACH = 4000, /* bytes from the first instruction */
    CASE_TAIL = 48,       /* bytes that may follow a case's last instruction (arch/<arch>/probe/case.inc) */
    MOVED = 0x1000000,    /* where PC-relative operands are looked at a second time */
};
/* clang-format on */

/* Where pages may be mapped, as distances from the code and as addresses: probe/cases.ld. */
static const int64_t nearest = 0x100000, farthest = 0x1300000, lowest = 0x10000, highest = 0x2f000000;

static int64_t of_width(const struct accesses *a, int64_t v)
{
    return a->arch->target->word == 4 ? (int64_t)(uint32_t)v : v;
}

static struct sum value_of(const struct accesses *a, int unit)
{
    return unit == NO_UNIT ? sum_number(0) : a->value[unit];
}

/* The instruction as it would be at a higher address. */
static struct effects moved(const struct accesses *a, const struct insn *insn)
{
    struct effects fx = {0};
    const struct gobin_func *f = &a->s->cfg->func;
    decoder_insn(a->s->decoder, f->code + insn->offset, insn->end - insn->offset, insn->fx.pc + MOVED, &fx);
    return fx;
}

static struct sum made_constant(const struct accesses *a, const struct insn *insn, int i)
{
    struct effects other = moved(a, insn);
    struct sum s = sum_number(of_width(a, insn->fx.value[i].imm));
    s.relative = other.n_values > i && other.value[i].imm != insn->fx.value[i].imm;
    return s;
}

static struct sum loaded(const struct accesses *a, uint64_t address, uint32_t size)
{
    const struct placement *p = a->p;
    for (int i = 0; i < p->n_literals; i++)
        if (p->literal[i].address == address && p->literal[i].size == size && (size == 4 || size == 8)) {
            uint64_t v = 0;
            for (uint32_t b = 0; b < size; b++)
                v |= (uint64_t)p->literal[i].bytes[a->s->cfg->around->big_endian ? size - 1 - b : b] << 8 * b;
            return sum_number((int64_t)v);
        }
    return sum_unknown();
}

static struct sum new_value(const struct accesses *a, const struct insn *insn, int i)
{
    const struct effect_value *v = &insn->fx.value[i];
    struct sum x = value_of(a, v->src), y = value_of(a, v->src2);
    switch (v->op) {
    case VALUE_CONST:
        return made_constant(a, insn, i);
    case VALUE_ADD_IMM:
        return sum_add(x, sum_number(v->imm), 1);
    case VALUE_ADD:
        return y.kind == SUM_CONST || x.kind != SUM_CONST ? sum_add(x, y, 1) : sum_add(y, x, 1);
    case VALUE_SUB:
        return y.kind == SUM_CONST && !y.relative ? sum_add(x, sum_number(-y.c), 1) : sum_unknown();
    default:
        return sum_of_constants(v, x);
    }
}

/* Takes the values over an instruction. `load`: what it loads, where that is known. */
static void step(struct accesses *a, const struct insn *insn, struct sum load)
{
    const struct effects *fx = &insn->fx;
    struct sum fresh[MAX_EFFECT_VALUES];
    int dst = NO_UNIT, n_dst = 0;
    for (int i = 0; i < fx->n_values; i++)
        fresh[i] = fx->value[i].op == VALUE_LOAD ? load : new_value(a, insn, i);
    for (int u = 0; u < a->arch->n_units; u++)
        if (unit_in(&fx->writes, u)) {
            a->value[u] = sum_unknown();
            if (unit_in(&a->arch->general, u) && unit_in(&fx->kills, u)) {
                dst = u;
                n_dst++;
            }
        }
    if (fx->n_values == 0 &&
        n_dst == 1) /* a load of less than a whole register: in literals, the rest is zero */
        a->value[dst] = load;
    for (int i = 0; i < fx->n_values; i++)
        if (!(fx->flags & IS_CONDITIONAL))
            a->value[fx->value[i].dst] = fresh[i];
}

/* ---- memory operands ---- */

static struct sum address_of(const struct accesses *a, const struct insn *insn, int i)
{
    const struct effect_mem *m = &insn->fx.mem[i];
    struct sum at = value_of(a, m->base);
    if (m->base == NO_UNIT) {
        struct effects other = moved(a, insn);
        at = sum_number(0);
        at.relative = other.n_mem > i && other.mem[i].disp != m->disp;
    }
    at = sum_add(at, sum_number(m->disp), 1);
    return m->index == NO_UNIT ? at : sum_add(at, value_of(a, m->index), m->scale);
}

static bool add_literal(struct accesses *a, int32_t k, uint64_t address, uint32_t size)
{
    struct placement *p = a->p;
    const struct sequence *s = a->s;
    uint64_t start = s->cfg->func.entry + sequence_at(s, 0)->offset,
             end = s->cfg->func.entry + sequence_at(s, s->n - 1)->end;
    const uint8_t *bytes = s->cfg->around->constant(s->cfg->around->context, address, size);
    for (int i = 0; i < p->n_literals; i++)
        if (p->literal[i].address == address && p->literal[i].size == size)
            return true;
    if (!bytes || address < end + CASE_TAIL || address + size > start + LITERAL_REACH ||
        p->n_literals == MAX_LITERALS)
        return access_refused(a->p, k, "its literal is too near or too far");
    p->literal[p->n_literals].address = address;
    p->literal[p->n_literals].size = size;
    p->literal[p->n_literals++].bytes = bytes;
    return true;
}

static bool check_constant(struct accesses *a, int32_t k, const struct effect_mem *m, const struct sum *at)
{
    int64_t first = (int64_t)(a->s->cfg->func.entry + sequence_at(a->s, 0)->offset), by = at->c - first;
    if (!at->relative)
        return (at->c >= lowest && at->c < highest) ||
               access_refused(a->p, k, "its address belongs to the probe");
    if (by > 0 && by < nearest && m->load && !m->store && at->b == NO_UNIT)
        return add_literal(a, k, (uint64_t)at->c, m->size);
    return (by >= nearest && by < farthest) || (by < -2 * nearest && -by < farthest) ||
           access_refused(a->p, k, "its data is too near to its code or too far from it");
}

static bool add_access(struct accesses *a, int32_t k, int i, struct sum *load)
{
    const struct effect_mem *m = &sequence_at(a->s, k)->fx.mem[i];
    struct sum at = address_of(a, sequence_at(a->s, k), i);
    if (m->size == 0)
        return access_refused(a->p, k, "it touches an unknown number of bytes");
    if (at.kind == SUM_UNKNOWN)
        return access_refused(a->p, k, "its address comes out of memory or arithmetic");
    if (at.kind == SUM_CONST) {
        at.c = of_width(a, at.c);
        if (!check_constant(a, k, m, &at))
            return false;
        *load = at.relative && m->load ? loaded(a, (uint64_t)at.c, m->size) : sum_unknown();
    }
    a->list[a->n++] = (struct access){k, m->size, at};
    return true;
}

bool accesses_follow(struct accesses *a)
{
    for (int u = 0; u < a->arch->n_units; u++)
        a->value[u] = unit_in(&a->arch->general, u) || u == a->arch->sp
                          ? (struct sum){SUM_ROOTS, false, (int16_t)u, NO_UNIT, 1, 0}
                          : sum_unknown();
    for (int32_t k = 0; k < a->s->n; k++) {
        const struct insn *insn = sequence_at(a->s, k);
        struct sum load = sum_unknown();
        for (int i = 0; i < insn->fx.n_mem; i++)
            if (!add_access(a, k, i, &load))
                return false;
        step(a, insn, load);
        const struct sum *sp = &a->value[a->arch->sp];
        if (sp->kind != SUM_ROOTS || sp->a != a->arch->sp || sp->b != NO_UNIT)
            return access_refused(a->p, k, "it moves SP by an unknown amount");
        if (sp->c > a->sp_highest)
            a->sp_highest = sp->c;
    }
    return true;
}
