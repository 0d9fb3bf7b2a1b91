/* From g to where a stub keeps registers: see stub_walk.h. */
#include "stub_walk.h"

enum { MAX_P = 1 << 20 /* bytes */ };

void stub_walks_begin(struct stub_walks *w, const struct effects_arch *arch)
{
    *w = (struct stub_walks){
        .scratch = -1, .cache = -1, .arch = arch, .m = NO_UNIT, .p = NO_UNIT, .constant = NO_UNIT};
}

static const struct effect_value *load_from(const struct effects *fx, int base)
{
    bool one = fx->n_mem == 1 && fx->mem[0].load && fx->mem[0].base == base && fx->mem[0].index == NO_UNIT;
    return one && base != NO_UNIT && fx->n_values == 1 && fx->value[0].op == VALUE_LOAD ? &fx->value[0]
                                                                                        : NULL;
}

/* Registers are stored at it, or it is left for what it points to. */
static const char *use_p(struct stub_walks *w, const struct effects *fx)
{
    int64_t at = w->offset + fx->mem[0].disp;
    if (at < 0 || at >= MAX_P)
        return "an offset beyond the end of any struct p";
    if (load_from(fx, w->p))
        w->cache = at;
    else if (fx->mem[0].store)
        w->scratch = at;
    else
        return "it reads p in an unknown way";
    w->p = NO_UNIT;
    return NULL;
}

/* amd64's stub takes g from the thread's storage first, as its register may hold anything in assembly. */
static bool loads_g(const struct stub_walks *w, const struct effects *fx)
{
    int base = fx->n_mem == 1 && fx->mem[0].load ? fx->mem[0].base : NO_UNIT;
    bool by_thread = base != NO_UNIT && base != w->arch->sp && !unit_in(&w->arch->general, base);
    return by_thread && fx->n_values == 1 && fx->value[0].op == VALUE_LOAD &&
           fx->value[0].dst == w->arch->goroutine;
}

/* Arithmetic on p: an offset that fits no instruction is a constant first, made in one step or two; the sum
 * may be in the constant's register. */
static void move_p(struct stub_walks *w, const struct effects *fx)
{
    const struct effect_value *v = &fx->value[0];
    bool one = fx->n_values == 1, on_p = one && v->dst == w->p && v->src == w->p;
    bool on_constant = one && w->constant != NO_UNIT && v->dst == w->constant && v->src == w->constant;
    bool sum = one && v->op == VALUE_ADD && w->constant != NO_UNIT &&
               ((v->src == w->p && v->src2 == w->constant) || (v->src2 == w->p && v->src == w->constant));
    if (one && v->op == VALUE_CONST && v->dst != w->p) {
        w->constant = v->dst;
        w->imm = (uint64_t)v->imm;
    } else if (on_constant && v->op == VALUE_OR_IMM) {
        w->imm |= (uint64_t)v->imm;
    } else if (on_p && v->op == VALUE_ADD_IMM) {
        w->offset += v->imm;
    } else if (sum) {
        w->offset += (int64_t)w->imm;
        w->p = v->dst;
        w->constant = NO_UNIT;
    } else if (unit_in(&fx->writes, w->p)) {
        w->p = NO_UNIT;
    } else if (w->constant != NO_UNIT && unit_in(&fx->writes, w->constant)) {
        w->constant = NO_UNIT;
    }
}

const char *stub_walks_insn(struct stub_walks *w, const struct effects *fx)
{
    const struct effect_value *v;
    if (!w->arch->load_address)
        return NULL;
    if (loads_g(w, fx) && w->n < MAX_WALKS)
        w->walk[w->n++] = (struct stub_walk){fx->pc, fx->size, NO_UNIT};
    if (w->p != NO_UNIT && fx->n_mem == 1 && fx->mem[0].base == w->p)
        return use_p(w, fx);
    if ((v = load_from(fx, w->m)) && v->dst == w->m && w->n < MAX_WALKS) {
        w->walk[w->n++] = (struct stub_walk){w->m_at, (uint32_t)(fx->pc + fx->size - w->m_at), v->dst};
        w->p = w->m;
        w->m = NO_UNIT;
        w->offset = 0;
    } else if (w->m != NO_UNIT) {
        return "it uses g in an unknown way";
    } else if ((v = load_from(fx, w->arch->goroutine))) {
        w->m = v->dst;
        w->m_at = fx->pc;
    } else if (w->p != NO_UNIT) {
        move_p(w, fx);
    }
    return NULL;
}

const char *stub_walks_end(const struct stub_walks *w)
{
    bool complete = w->m == NO_UNIT && w->p == NO_UNIT && w->scratch >= 0 && w->cache >= 0;
    return complete || (w->n == 0 && w->m == NO_UNIT)
               ? NULL
               : "it reads g, but not to find where registers are saved and restored";
}

const struct stub_walk *stub_walk_at(const struct stub_walks *w, uint64_t at)
{
    for (int i = 0; i < w->n; i++)
        if (w->walk[i].at == at)
            return &w->walk[i];
    return NULL;
}
