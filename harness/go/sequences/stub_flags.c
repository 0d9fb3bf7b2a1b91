/* What a stub asks of the CPU (stub_flags.h). */
#include "stub_flags.h"

static const uint8_t *code_at(const struct stub_flags *s, const struct effects *fx)
{
    return s->f->code + (fx->pc - s->f->entry);
}

static bool is_outside(const struct stub_flags *s, uint64_t address)
{
    return address < s->f->entry || address >= s->f->end;
}

/* A comparison with a byte at a fixed address. */
static bool compares(const struct stub_flags *s, const struct effects *fx, struct stub_question *q)
{
    const uint8_t *code = code_at(s, fx), *is = s->arch->ask_flag_bytes;
    if (fx->n_mem != 1 || fx->mem[0].base != NO_UNIT || fx->mem[0].index != NO_UNIT)
        return false;
    *q = (struct stub_question){fx->pc, (uint64_t)fx->mem[0].disp, fx->size, NO_UNIT, NO_UNIT};
    return is_outside(s, q->flag) && code[0] == is[0] && code[1] == is[1] && code[fx->size - 1] == is[2];
}

static int16_t written(const struct effects *fx)
{
    int16_t unit = 0;
    while (unit < MAX_UNITS && !unit_in(&fx->writes, unit))
        unit++;
    return unit < MAX_UNITS ? unit : NO_UNIT;
}

/* An address, and behind it the load of a byte from there. */
static bool loads(const struct stub_flags *s, const struct effects *address, const struct effects *fx,
                  struct stub_question *q)
{
    const struct effect_value *v = &address->value[0];
    const struct effect_mem *m = &fx->mem[0];
    if (!(address->flags & MAKES_ADDRESS) || address->n_values != 1 || v->op != VALUE_CONST ||
        fx->n_mem != 1 || !m->load || m->store || m->size != 1 || m->base != v->dst || m->index != NO_UNIT)
        return false;
    *q = (struct stub_question){address->pc, (uint64_t)(v->imm + m->disp),
                                (uint32_t)(address->size + fx->size), v->dst, written(fx)};
    return is_outside(s, q->flag);
}

/* The flag's number, or n. */
static int number(const struct stub_flags *s, uint64_t flag)
{
    int i = 0;
    while (i < s->n && s->at[i] != flag)
        i++;
    return i;
}

static bool add(struct stub_flags *s, const struct stub_question *q)
{
    int flag = number(s, q->flag);
    if (flag == MAX_STUB_FLAGS || s->n_questions == MAX_STUB_QUESTIONS)
        return false;
    s->at[flag] = q->flag;
    s->n += flag == s->n;
    s->question[s->n_questions++] = *q;
    return true;
}

bool stub_flags_find(struct stub_flags *s, const struct gobin_func *f, struct decoder *d, unsigned set)
{
    *s = (struct stub_flags){.arch = decoder_arch(d), .f = f, .set = set};
    struct effects fx, before = {.pc = 0};
    bool in_one = s->arch->ask_flag_bytes[0] != 0;
    for (uint64_t pc = f->entry; s->arch->ask_flag && pc < f->end; pc += fx.size) {
        struct stub_question q;
        if (decoder_insn(d, f->code + (pc - f->entry), f->end - pc, pc, &fx) != DECODED)
            return true; /* behind the last instruction that can be read, nothing is asked */
        if ((in_one ? compares(s, &fx, &q) : loads(s, &before, &fx, &q)) && !add(s, &q))
            return false;
        before = fx;
    }
    return true;
}

const struct stub_question *stub_flags_question(const struct stub_flags *s, uint64_t pc)
{
    for (int i = 0; i < s->n_questions; i++)
        if (pc >= s->question[i].at && pc < s->question[i].at + s->question[i].size)
            return &s->question[i];
    return NULL;
}

static bool is_set(const struct stub_flags *s, int i)
{
    return (unsigned)(s->n - i) <= s->set;
}

void stub_flags_decide(const struct stub_flags *s, struct effects *fx)
{
    const struct stub_question *q = stub_flags_question(s, fx->pc - 1);
    if (!q || q->at + q->size != fx->pc || fx->flow != FLOW_BRANCH ||
        (q->unit != NO_UNIT && !unit_in(&fx->reads, q->unit)))
        return;
    uint8_t is = code_at(s, fx)[s->arch->flag_branch.at] & s->arch->flag_branch.mask;
    if (is == s->arch->flag_branch.is[0] || is == s->arch->flag_branch.is[1])
        fx->flow = is_set(s, number(s, q->flag)) ? FLOW_JUMP : FLOW_NEXT;
}

static const char *reg(const struct stub_flags *s, int16_t unit)
{
    return unit == NO_UNIT ? "" : s->arch->units[unit].reg;
}

void stub_flags_write_question(const struct stub_flags *s, const struct stub_question *q, FILE *out)
{
    char name[32];
    snprintf(name, sizeof name, "stub_flag_%d", number(s, q->flag));
    fprintf(out, "1:\t");
    fprintf(out, s->arch->ask_flag, name, reg(s, q->base), reg(s, q->unit));
    fprintf(out, "\n\t.org\t1b + %u, 0x90\n", (unsigned)q->size);
}

void stub_flags_write(const struct stub_flags *s, FILE *out)
{
    for (int i = 0; i < s->n; i++)
        fprintf(out, "\t.data\nstub_flag_%d:\n\t.byte\t%d\n", i, is_set(s, i));
}
