/* Abstract programs: evaluating them. */
#include "abstract.h"

#include <assert.h>
#include <string.h>

static int find(const struct abstract *p, enum abstract_opcode op, int label)
{
    for (int k = 0; k < p->n_ops; k++)
        if (p->op[k].op == op && p->op[k].label == label)
            return k;
    assert(!"a label that is not there");
    return 0;
}

/* Values are held sign-extended to 64 bits, which makes one arithmetic of both widths: only a logical right
 * shift and an unsigned comparison must look at the operand as it is. */
struct machine {
    uint64_t var[2][ABSTRACT_VARS]; /* of 32 and of 64 bits */
    struct abstract_end *end;
};

static uint64_t zero_extend(uint64_t v, int bits)
{
    return bits == 64 ? v : v & ((UINT64_C(1) << bits) - 1);
}

static uint64_t compute(struct machine *m, const struct abstract_op *o)
{
    uint64_t *var = m->var[o->width == 64];
    uint64_t a = var[o->a], b = var[o->b], k = (uint64_t)o->k;
    switch (o->op) {
    case AB_ADD:
        return a + b;
    case AB_SUB:
        return a - b;
    case AB_AND:
        return a & b;
    case AB_OR:
        return a | b;
    case AB_XOR:
        return a ^ b;
    case AB_MUL:
        return a * b;
    case AB_ADDK:
        return a + k;
    case AB_SUBK:
        return a - k;
    case AB_ANDK:
        return a & k;
    case AB_ORK:
        return a | k;
    case AB_XORK:
        return a ^ k;
    case AB_MULK:
        return a * k;
    case AB_SHL:
        return a << k;
    case AB_SHR:
        return zero_extend(a, o->width) >> k;
    case AB_SAR:
        return abstract_extend(a >> k, 64 - (int)k);
    case AB_NEG:
        return 0 - a;
    case AB_MOVE:
        return a;
    case AB_CONST:
    case AB_BIG:
        return k;
    case AB_EXTB:
        return abstract_extend(a, 8);
    case AB_EXTBU:
        return zero_extend(a, 8);
    case AB_EXTH:
        return abstract_extend(a, 16);
    case AB_EXTHU:
        return zero_extend(a, 16);
    case AB_WIDEN:
        return m->var[0][o->a];
    case AB_WIDENU:
        return zero_extend(m->var[0][o->a], 32);
    case AB_LOAD:
        return o->width == 64 ? m->end->cell64[o->cell] : m->end->cell32[o->cell];
    default:
        assert(!"an operation without a result");
        return 0;
    }
}

static void store(struct machine *m, const struct abstract_op *o)
{
    if (o->width == 64) {
        m->end->cell64[o->cell] = m->var[1][o->a];
        m->end->written64 |= 1u << o->cell;
    } else {
        m->end->cell32[o->cell] = (uint32_t)m->var[0][o->a];
        m->end->written32 |= 1u << o->cell;
    }
}

static bool taken(const struct machine *m, const struct abstract_op *o)
{
    const uint64_t *var = m->var[o->width == 64];
    uint64_t a = var[o->a], b = var[o->b];
    uint64_t ua = zero_extend(a, o->width), ub = zero_extend(b, o->width);
    switch (o->op) {
    case AB_BEQ:
        return a == b;
    case AB_BNE:
        return a != b;
    case AB_BLT:
        return (int64_t)a < (int64_t)b;
    case AB_BGE:
        return (int64_t)a >= (int64_t)b;
    case AB_BLTU:
        return ua < ub;
    case AB_BGEU:
        return ua >= ub;
    case AB_BLTK:
        return (int64_t)a < o->k;
    case AB_BGEK:
        return (int64_t)a >= o->k;
    default:
        assert(!"no branch");
        return false;
    }
}

void abstract_run(const struct abstract *p, int variant, bool narrow, struct abstract_end *end)
{
    struct machine m = {.end = end};
    int64_t rounds = 0;
    memset(end, 0, sizeof *end);
    for (int k = 0; k < ABSTRACT_VARS; k++) {
        m.var[0][k] = abstract_extend(p->w[variant][k], 32);
        m.var[1][k] = p->x[variant][k];
    }
    for (int pc = 0; pc < p->n_ops; pc++) {
        const struct abstract_op *o = &p->op[pc];
        if (narrow && o->width == 64)
            continue;
        end->reached[pc]++;
        if (o->op == AB_LOOP)
            rounds = o->k;
        else if (o->op == AB_END)
            pc = --rounds > 0 ? find(p, AB_LOOP, o->label) : pc;
        else if (abstract_is_branch(o->op))
            pc = taken(&m, o) ? find(p, AB_JOIN, o->label) : pc;
        else if (o->op == AB_STORE)
            store(&m, o);
        else if (o->op != AB_JOIN)
            m.var[o->width == 64][o->d] = abstract_extend(compute(&m, o), o->width);
    }
    for (int k = 0; k < ABSTRACT_VARS; k++) {
        end->w[k] = (uint32_t)m.var[0][k];
        end->x[k] = m.var[1][k];
    }
}
