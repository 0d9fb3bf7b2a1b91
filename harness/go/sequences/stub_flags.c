/* What a stub asks of the CPU (stub_flags.h). */
#include "stub_flags.h"

static const uint8_t *code_at(const struct stub_flags *s, const struct effects *fx)
{
    return s->f->code + (fx->pc - s->f->entry);
}

bool stub_flags_asks(const struct stub_flags *s, const struct effects *fx)
{
    const uint8_t *code = code_at(s, fx), *is = s->arch->compare_flag_bytes;
    uint64_t at = fx->n_mem == 1 ? (uint64_t)fx->mem[0].disp : 0;
    bool is_outside = at < s->f->entry || at >= s->f->end;
    return s->arch->compare_flag && fx->n_mem == 1 && fx->mem[0].base == NO_UNIT &&
           fx->mem[0].index == NO_UNIT && is_outside && code[0] == is[0] && code[1] == is[1] &&
           code[fx->size - 1] == is[2];
}

/* The flag's number, or n. */
static int number(const struct stub_flags *s, const struct effects *fx)
{
    int i = 0;
    while (i < s->n && s->at[i] != (uint64_t)fx->mem[0].disp)
        i++;
    return i;
}

bool stub_flags_find(struct stub_flags *s, const struct gobin_func *f, struct decoder *d, unsigned set)
{
    *s = (struct stub_flags){.arch = decoder_arch(d), .f = f, .set = set, .asked = -1};
    struct effects fx;
    for (uint64_t pc = f->entry; pc < f->end; pc += fx.size) {
        if (decoder_insn(d, f->code + (pc - f->entry), f->end - pc, pc, &fx) != DECODED)
            return true; /* behind the last instruction that can be read, nothing is asked */
        if (!stub_flags_asks(s, &fx) || number(s, &fx) < s->n)
            continue;
        if (s->n == MAX_STUB_FLAGS)
            return false;
        s->at[s->n++] = (uint64_t)fx.mem[0].disp;
    }
    return true;
}

static bool is_set(const struct stub_flags *s, int i)
{
    return (unsigned)(s->n - i) <= s->set;
}

void stub_flags_decide(struct stub_flags *s, struct effects *fx)
{
    uint8_t first = *code_at(s, fx);
    int asked = s->asked;
    s->asked = stub_flags_asks(s, fx) ? number(s, fx) : -1;
    bool branches = first == s->arch->compare_flag_branch[0] || first == s->arch->compare_flag_branch[1];
    if (asked >= 0 && fx->flow == FLOW_BRANCH && branches)
        fx->flow = is_set(s, asked) ? FLOW_JUMP : FLOW_NEXT;
}

void stub_flags_write_question(const struct stub_flags *s, const struct effects *fx, FILE *out)
{
    char name[32];
    snprintf(name, sizeof name, "stub_flag_%d", number(s, fx));
    fprintf(out, "1:\t");
    fprintf(out, s->arch->compare_flag, name);
    fprintf(out, "\n\t.org\t1b + %u, 0x90\n", (unsigned)fx->size);
}

void stub_flags_write(const struct stub_flags *s, FILE *out)
{
    for (int i = 0; i < s->n; i++)
        fprintf(out, "\t.data\nstub_flag_%d:\n\t.byte\t%d\n", i, is_set(s, i));
}
