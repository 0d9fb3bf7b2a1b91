/* A parser for single Progs in Go assembler syntax. Operands are told apart by their first
 * characters; what an operation makes of them is the optab's business. */
#include "parse.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct parser {
    const struct asm_arch *arch;
    const char *at;
    const char *file;
    int line;
    struct error *e;
};

static bool fail(struct parser *s, const char *what)
{
    return error_set(s->e, s->file, s->line, "%s at \"%.40s\"", what, s->at);
}

static void skip_space(struct parser *s)
{
    while (*s->at == ' ' || *s->at == '\t')
        s->at++;
}

static bool eat(struct parser *s, const char *token)
{
    skip_space(s);
    size_t n = strlen(token);
    if (strncmp(s->at, token, n) != 0)
        return false;
    s->at += n;
    return true;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

/* A word: a mnemonic, register, label or symbol; Go's middle dot is dropped. */
static bool word(struct parser *s, char *out, size_t n)
{
    skip_space(s);
    size_t k = 0;
    if (strncmp(s->at, "\"\".", 3) == 0)
        s->at += 3; /* the package prefix of a listing */
    while (is_word(*s->at)) {
        unsigned char c = (unsigned char)*s->at++;
        if (c >= 0x80)
            continue;
        if (k + 1 >= n)
            return false;
        out[k++] = (char)c;
    }
    out[k] = 0;
    return k > 0;
}

static bool number(struct parser *s, int64_t *out)
{
    skip_space(s);
    char *end;
    errno = 0;
    const char *digits = s->at + (*s->at == '-' || *s->at == '+');
    if (!isdigit((unsigned char)*digits))
        return false;
    if (*s->at == '-')
        *out = strtoll(s->at, &end, 0);
    else
        *out = (int64_t)strtoull(s->at, &end, 0);
    if (errno || is_word(*end))
        return false;
    s->at = end;
    return true;
}

int parse_register(const struct asm_arch *arch, const char *name)
{
    for (const struct reg_range *r = arch->regs; r->prefix; r++) {
        size_t n = strlen(r->prefix);
        if (strncmp(name, r->prefix, n) != 0)
            continue;
        if (r->count == 0) {
            if (!name[n])
                return r->reg;
            continue;
        }
        if (!isdigit((unsigned char)name[n]) || (name[n] == '0' && name[n + 1]))
            continue;
        char *end;
        long k = strtol(name + n, &end, 10);
        if (!*end && k >= r->first && k < r->first + r->count)
            return r->reg + (int)k - r->first;
    }
    return NO_REG;
}

static bool reg_word(struct parser *s, int *reg)
{
    char name[32];
    const char *start = s->at;
    if (word(s, name, sizeof name) && (*reg = parse_register(s->arch, name)) != NO_REG)
        return true;
    /* SPR(22) and others: a name with its number in parentheses. */
    int64_t k;
    if (eat(s, "(") && number(s, &k) && eat(s, ")")) {
        char full[64];
        int n = 0;
        for (const char *c = name; *c; c++)
            full[n++] = *c;
        full[n++] = '(';
        full[n++] = ')';
        full[n] = 0;
        int base = parse_register(s->arch, full);
        if (base != NO_REG && k >= 0 && k < 1024) { /* over four register classes, if need be */
            *reg = base + (int)k;
            return true;
        }
    }
    s->at = start;
    return false;
}

/* "(R1)", "(R1)(R2*4)", "(R1)(R2<<2)", "(TLS*1)" behind an offset. */
static bool memory(struct parser *s, struct operand *a)
{
    if (!eat(s, "("))
        return fail(s, "expected ( and a base register");
    if (!reg_word(s, &a->reg))
        return fail(s, "unknown register");
    if (eat(s, ",")) {
        if (!reg_word(s, &a->reg2))
            return fail(s, "unknown register");
        a->kind = OPERAND_PAIR;
        return eat(s, ")") || fail(s, "expected )");
    }
    if (eat(s, "*")) { /* an index without a base */
        a->index = a->reg;
        a->reg = NO_REG;
        int64_t scale;
        if (!number(s, &scale))
            return fail(s, "expected a scale");
        a->scale = (int)scale;
    }
    if (!eat(s, ")"))
        return fail(s, "expected )");
    if (eat(s, "(")) {
        if (!reg_word(s, &a->index))
            return fail(s, "unknown index register");
        int64_t scale = 0, shift;
        if (eat(s, "*") && !number(s, &scale))
            return fail(s, "expected a scale");
        if (eat(s, "<<")) {
            if (!number(s, &shift) || shift < 0 || shift > 8)
                return fail(s, "expected a shift amount");
            scale = INT64_C(1) << shift;
        }
        a->scale = (int)scale;
        if (!eat(s, ")"))
            return fail(s, "expected )");
    }
    return true;
}

static bool list(struct parser *s, struct operand *a)
{
    a->kind = OPERAND_LIST;
    do {
        int first, last;
        if (!reg_word(s, &first))
            return fail(s, "unknown register in a list");
        last = first;
        if (eat(s, "-") && !reg_word(s, &last))
            return fail(s, "unknown register in a list");
        if (a->reg == NO_REG)
            a->reg = first;
        a->reg2 = last;
        if (REG_NUMBER(last) > 31 || REG_NUMBER(first) > REG_NUMBER(last))
            return fail(s, "a register list out of order");
        for (int k = REG_NUMBER(first); k <= REG_NUMBER(last); k++)
            a->regset |= UINT32_C(1) << k;
    } while (eat(s, ","));
    return eat(s, "]") || fail(s, "expected ]");
}

/* "(R2)" behind "R1<<2": memory, with the shifted register as its index. */
static bool shifted_index(struct parser *s, struct operand *a)
{
    if (a->shift[0] != '<' || a->index || a->value < 0 || a->value > 30)
        return fail(s, "an index is shifted left, by a number");
    *a = (struct operand){.kind = OPERAND_MEM, .index = a->reg, .scale = (int)(UINT32_C(1) << a->value)};
    if (!eat(s, "(") || !reg_word(s, &a->reg))
        return fail(s, "unknown base register");
    return eat(s, ")") || fail(s, "expected )");
}

static bool shifted(struct parser *s, struct operand *a)
{
    static const char *const shifts[] = {"<<", ">>", "->", "@>"};
    for (size_t k = 0; k < sizeof shifts / sizeof *shifts; k++) {
        if (!eat(s, shifts[k]))
            continue;
        a->kind = OPERAND_SHIFTED;
        memcpy(a->shift, shifts[k], 3);
        if (!number(s, &a->value) && !reg_word(s, &a->index))
            return fail(s, "expected a shift amount");
        return *s->at != '(' || shifted_index(s, a);
    }
    return true;
}

/* Behind a name: "(SB)", "+8(SB)", "-8(SP)". */
static bool symbol(struct parser *s, struct operand *a)
{
    if (*s->at == '+' || *s->at == '-')
        if (!number(s, &a->value))
            return fail(s, "expected an offset");
    if (!eat(s, "(SB)"))
        return fail(s, "expected (SB)");
    a->kind = OPERAND_SYM;
    return true;
}

static bool operand(struct parser *s, struct operand *a)
{
    *a = (struct operand){0};
    skip_space(s);
    bool dollar = eat(s, "$");
    if (eat(s, "["))
        return dollar ? fail(s, "a list takes no $") : list(s, a);
    int64_t value;
    if (number(s, &value)) {
        a->value = value;
        if (eat(s, "(PC)")) {
            a->kind = OPERAND_TARGET;
            return true;
        }
        if (*s->at == '(') {
            a->kind = dollar ? OPERAND_ADDR : OPERAND_MEM;
            return memory(s, a);
        }
        a->kind = dollar ? OPERAND_IMM : OPERAND_TARGET;
        a->absolute = !dollar;
        return true;
    }
    if (*s->at == '(') {
        a->kind = dollar ? OPERAND_ADDR : OPERAND_MEM;
        return memory(s, a);
    }
    if (!dollar && reg_word(s, &a->reg)) {
        a->kind = OPERAND_REG;
        return shifted(s, a);
    }
    if (!word(s, a->name, sizeof a->name))
        return fail(s, "expected an operand");
    if (*s->at == '(' || *s->at == '+' || *s->at == '-') {
        if (!symbol(s, a))
            return false;
        if (dollar)
            a->kind = OPERAND_SYM_ADDR;
        return true;
    }
    if (dollar)
        return fail(s, "expected a number or a symbol behind $");
    a->kind = OPERAND_TARGET; /* or SPECIAL: oplook knows the labels */
    return true;
}

/* "ADD.EQ" is ADD with the suffix ".EQ". */
static bool mnemonic(struct parser *s, struct prog *p)
{
    char name[32];
    if (!word(s, name, sizeof name))
        return fail(s, "expected an operation");
    char *dot = strchr(name, '.');
    if (dot) {
        if (strlen(dot) >= sizeof p->suffix)
            return fail(s, "an overlong suffix");
        strcpy(p->suffix, dot);
        *dot = 0;
    }
    if (strlen(name) >= sizeof p->op)
        return fail(s, "an overlong operation");
    strcpy(p->op, name);
    return true;
}

bool parse_prog(const struct asm_arch *arch, const char *line, const char *file, int number_, struct prog *p,
                struct error *e)
{
    struct parser s = {arch, line, file, number_, e};
    *p = (struct prog){.file = file, .line = number_};
    skip_space(&s);
    if (strlen(s.at) >= sizeof p->text)
        return error_set(e, file, number_, "a line of more than %d characters", MAX_LINE - 1);
    strcpy(p->text, s.at);
    for (size_t n = strlen(p->text); n > 0 && isspace((unsigned char)p->text[n - 1]); n--)
        p->text[n - 1] = 0;
    if (!mnemonic(&s, p))
        return false;
    skip_space(&s);
    while (*s.at) {
        if (p->n_args == MAX_ARGS)
            return fail(&s, "too many operands");
        if (!operand(&s, &p->arg[p->n_args++]))
            return false;
        skip_space(&s);
        if (!*s.at)
            break;
        if (!eat(&s, ","))
            return fail(&s, "expected a comma");
        skip_space(&s);
        if (!*s.at)
            return fail(&s, "expected an operand");
    }
    return true;
}
