#include "linear.h"

static struct sum fresh(struct linear *l)
{
    return (struct sum){++l->unknown, 0};
}

/* What is known at the start of a block: what the function was entered with, in units that it never writes,
 * and in its first block in all. */
static void begin(struct linear *l, const struct effects_arch *arch, const struct unitset *written,
                  bool first)
{
    for (int unit = 0; unit < arch->n_units; unit++) {
        l->of[unit] = first || !unit_in(written, unit) ? (struct sum){-1 - unit, 0} : fresh(l);
        if (unit_in(&arch->zeros, unit))
            l->of[unit] = (struct sum){NUMBER, 0};
    }
}

static bool add(struct sum a, struct sum b, struct sum *out)
{
    if (a.origin != NUMBER && b.origin != NUMBER)
        return false;
    *out = (struct sum){a.origin != NUMBER ? a.origin : b.origin, a.c + b.c};
    return true;
}

bool linear_address(const struct linear *l, const struct effect_mem *mem, struct sum *out)
{
    *out = (struct sum){NUMBER, mem->disp};
    if (mem->base != NO_UNIT && !add(*out, l->of[mem->base], out))
        return false;
    if (mem->index == NO_UNIT)
        return true;
    struct sum index = l->of[mem->index];
    if (mem->scale != 1 && (index.origin != NUMBER || mem->scale == 0))
        return false;
    index.c *= mem->scale;
    return add(*out, index, out);
}

/* What a load of a literal gives. */
static struct sum literal(struct linear *l, const struct cfg *cfg, const struct effects *fx)
{
    struct sum at;
    uint32_t word = cfg->arch->target->word;
    const uint8_t *bytes = NULL;
    if (fx->n_mem && fx->mem[0].load && linear_address(l, &fx->mem[0], &at) && at.origin == NUMBER)
        bytes = cfg->around->constant(cfg->around->context, (uint64_t)at.c, word);
    if (!bytes)
        return fresh(l);
    uint64_t value = 0;
    for (uint32_t i = 0; i < word; i++)
        value = value << 8 | bytes[cfg->around->big_endian ? i : word - 1 - i];
    return (struct sum){NUMBER, word == 4 ? (int32_t)value : (int64_t)value};
}

static struct sum result(struct linear *l, const struct cfg *cfg, const struct effects *fx,
                         const struct effect_value *v)
{
    struct sum src = v->src >= 0 ? l->of[v->src] : (struct sum){NUMBER, 0}, sum;
    switch (v->op) {
    case VALUE_CONST:
        return (struct sum){NUMBER, v->imm};
    case VALUE_ADD_IMM:
        return (struct sum){src.origin, src.c + v->imm};
    case VALUE_ADD32_IMM:
        return src.origin == NUMBER ? (struct sum){NUMBER, (int32_t)(src.c + v->imm)} : fresh(l);
    case VALUE_ADD:
        return v->src2 >= 0 && add(src, l->of[v->src2], &sum) ? sum : fresh(l);
    case VALUE_OR_IMM:
        return src.origin == NUMBER ? (struct sum){NUMBER, src.c | v->imm} : fresh(l);
    case VALUE_SHL_IMM:
        return src.origin == NUMBER ? (struct sum){NUMBER, (int64_t)((uint64_t)src.c << v->imm)} : fresh(l);
    case VALUE_INSERT:
        if (src.origin != NUMBER)
            return fresh(l);
        return (struct sum){NUMBER, (int64_t)(((uint64_t)src.c & ~(UINT64_C(0xffff) << v->shift)) |
                                              (uint64_t)v->imm << v->shift)};
    case VALUE_LOAD:
        return literal(l, cfg, fx);
    default:
        return fresh(l);
    }
}

static void step(struct linear *l, const struct cfg *cfg, const struct effects *fx)
{
    struct sum results[MAX_EFFECT_VALUES];
    for (int i = 0; i < fx->n_values; i++)
        results[i] = result(l, cfg, fx, &fx->value[i]);
    for (int unit = 0; unit < cfg->arch->n_units; unit++)
        if (unit_in(&fx->writes, unit))
            l->of[unit] = fresh(l);
    for (int i = 0; i < fx->n_values; i++)
        if (fx->value[i].dst >= 0)
            l->of[fx->value[i].dst] = results[i];
}

void linear_walk(struct linear *l, const struct cfg *cfg, linear_visitor *visit, void *context)
{
    struct unitset written = {0};
    for (int32_t k = 0; k < cfg->n_insns; k++)
        for (int w = 0; w < MAX_UNITS / 64; w++)
            written.w[w] |= cfg_at(cfg, k)->fx.writes.w[w];
    l->unknown = NUMBER;
    for (int32_t b = 0; b < cfg->n_blocks; b++) {
        begin(l, cfg->arch, &written, b == 0);
        for (int32_t k = cfg->blocks[b].first; k <= cfg->blocks[b].last; k++) {
            visit(context, l, cfg_at(cfg, k));
            step(l, cfg, &cfg_at(cfg, k)->fx);
        }
    }
}
