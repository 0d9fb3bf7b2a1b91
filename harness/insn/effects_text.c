/* Effects as one line of text (effects_text.h). */
#include "effects_text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

struct text {
    char *at, *end;
};

__attribute__((format(printf, 2, 3))) static void say(struct text *t, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(t->at, (size_t)(t->end - t->at), fmt, ap);
    va_end(ap);
    t->at = n < t->end - t->at ? t->at + n : t->end - 1;
}

const char *unit_text(const struct effects_arch *arch, int unit, char text[32])
{
    if (unit == NO_UNIT)
        return "-";
    snprintf(text, 32, arch->units[unit].parts > 1 ? "%s.%d" : "%s", arch->units[unit].reg,
             arch->units[unit].part);
    return text;
}

static void say_set(struct text *t, const struct effects_arch *arch, const char *title,
                    const struct unitset *s, const struct unitset *without)
{
    const char *before = title;
    for (int u = 0; u < arch->n_units; u++) {
        char name[32];
        if (!unit_in(s, u) || (without && unit_in(without, u)))
            continue;
        say(t, "%s %s", before, unit_text(arch, u, name));
        before = "";
    }
}

static void say_flow(struct text *t, const struct effects *fx)
{
    /* clang-format off */
    static const char *const flows[] = {
        [FLOW_NEXT] = "next",          [FLOW_JUMP] = "jump",         [FLOW_BRANCH] = "branch",
            [FLOW_CALL] = "call",
        [FLOW_JUMP_REG] = "jump reg",  [FLOW_CALL_REG] = "call reg", [FLOW_RET] = "return",
            [FLOW_STOP] = "stop",
    };
    /* clang-format on */
    static const char *const flags[] = {"delay slot", "conditional", "LL", "SC", "TLS", "atomic"};
    say(t, "%s", flows[fx->flow]);
    if (fx->flow == FLOW_JUMP || fx->flow == FLOW_BRANCH || fx->flow == FLOW_CALL)
        say(t, " 0x%" PRIx64, fx->target);
    for (unsigned i = 0; i < sizeof flags / sizeof *flags; i++)
        if (fx->flags >> i & 1)
            say(t, ", %s", flags[i]);
}

static void say_mem(struct text *t, const struct effects_arch *arch, const struct effect_mem *m)
{
    char name[32];
    say(t, "; %s %u [", m->load && m->store ? "update" : m->load ? "load" : "store", m->size);
    if (m->base != NO_UNIT)
        say(t, "%s", unit_text(arch, m->base, name));
    if (m->index != NO_UNIT)
        say(t, "+%s*%u", unit_text(arch, m->index, name), m->scale);
    if (m->base == NO_UNIT && m->index == NO_UNIT)
        say(t, "0x%" PRIx64, (uint64_t)m->disp);
    else if (m->disp)
        say(t, "%+" PRId64, m->disp);
    say(t, "]");
}

static void say_value(struct text *t, const struct effects_arch *arch, const struct effect_value *v)
{
    /* clang-format off */
    static const char *const ops[] = {
        [VALUE_ADD_IMM] = "+", [VALUE_ADD32_IMM] = "+32", [VALUE_ADD] = "+",     [VALUE_SUB] = "-",
            [VALUE_AND] = "&", [VALUE_AND_IMM] = "&",
        [VALUE_OR_IMM] = "|",  [VALUE_XOR_IMM] = "^",     [VALUE_SHL_IMM] = "<<", [VALUE_INSERT] = "@",
    };
    /* clang-format on */
    char dst[32], src[32], src2[32];
    say(t, "; %s=", unit_text(arch, v->dst, dst));
    if (v->op == VALUE_CONST)
        say(t, "0x%" PRIx64, (uint64_t)v->imm);
    else if (v->op == VALUE_LOAD)
        say(t, "mem");
    else if (v->op == VALUE_ADD || v->op == VALUE_SUB || v->op == VALUE_AND)
        say(t, "%s%s%s", unit_text(arch, v->src, src), ops[v->op], unit_text(arch, v->src2, src2));
    else if (v->op == VALUE_INSERT)
        say(t, "%s@%u:0x%" PRIx64, unit_text(arch, v->src, src), v->shift, (uint64_t)v->imm);
    else if (v->imm < 0 && (v->op == VALUE_ADD_IMM || v->op == VALUE_ADD32_IMM))
        say(t, "%s%s-0x%" PRIx64, unit_text(arch, v->src, src), v->op == VALUE_ADD_IMM ? "" : "+32",
            -(uint64_t)v->imm);
    else
        say(t, "%s%s0x%" PRIx64, unit_text(arch, v->src, src), ops[v->op], (uint64_t)v->imm);
}

void effects_text(const struct effects_arch *arch, const struct effects *fx, char *out, size_t size)
{
    struct text t = {out, out + size};
    say_flow(&t, fx);
    say_set(&t, arch, "; r", &fx->reads, NULL);
    say_set(&t, arch, "; w", &fx->kills, NULL);
    say_set(&t, arch, "; p", &fx->writes, &fx->kills);
    for (int i = 0; i < fx->n_mem; i++)
        say_mem(&t, arch, &fx->mem[i]);
    for (int i = 0; i < fx->n_values; i++)
        say_value(&t, arch, &fx->value[i]);
}
