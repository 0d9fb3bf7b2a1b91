/* Lowering abstract programs: reading cross.tmpl, and putting operands into its lines. */
#include "lower.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "literals.h"

enum { MAX_BASES = 6, MAX_RULES = 200, MAX_OPERANDS = 4, MAX_OPERAND = 32, MAX_RULE = 240 };

struct rule {
    char op[16];
    char operand[MAX_OPERANDS][MAX_OPERAND];
    int n_operands;
    char progs[MAX_RULE];
    int line;
};

struct lowering {
    const char *path;
    char words[ABSTRACT_VARS][8], longs[ABSTRACT_VARS][8];
    bool narrow;
    struct {
        char reg[8];
        int64_t distance;
        int line;
    } base[MAX_BASES];
    int n_bases;
    struct rule rule[MAX_RULES];
    int n_rules;
};

/* An operation's operands as text. */
struct bound {
    char op[16];
    char operand[MAX_OPERANDS][MAX_OPERAND];
    int n;
};

/* ---- reading ---- */

static void trim(char *text)
{
    size_t n = strlen(text);
    while (n > 0 && isspace((unsigned char)text[n - 1]))
        text[--n] = 0;
    size_t lead = strspn(text, " \t");
    memmove(text, text + lead, n - lead + 1);
}

static bool read_vars(char (*vars)[8], const char *text, const char *path, int line, struct error *e)
{
    char rest;
    return sscanf(text, "%7s %7s %7s %7s %c", vars[0], vars[1], vars[2], vars[3], &rest) == ABSTRACT_VARS ||
           error_set(e, path, line, "expected %d registers", ABSTRACT_VARS);
}

static bool read_base(struct lowering *l, const char *text, int line, struct error *e)
{
    char reg[8], distance[32], *end;
    if (l->n_bases == MAX_BASES)
        return error_set(e, l->path, line, "more than %d bases", MAX_BASES);
    if (sscanf(text, "%7s = %31s", reg, distance) != 2)
        return error_set(e, l->path, line, "expected BASE register = distance");
    int64_t v = strtoll(distance, &end, 0);
    if (*end)
        return error_set(e, l->path, line, "%s is not a distance", distance);
    strcpy(l->base[l->n_bases].reg, reg);
    l->base[l->n_bases].distance = v;
    l->base[l->n_bases++].line = line;
    return true;
}

static bool read_rule(struct lowering *l, char *text, int line, struct error *e)
{
    char *progs = strstr(text, " = ");
    if (!progs || l->n_rules == MAX_RULES || strlen(progs + 3) >= MAX_RULE)
        return error_set(e, l->path, line,
                         progs ? "too many or too long lines" : "expected an operation = Progs");
    struct rule *r = &l->rule[l->n_rules++];
    r->line = line;
    *progs = 0;
    strcpy(r->progs, progs + 3);
    int n = 0;
    if (sscanf(text, "%15s%n", r->op, &n) != 1)
        return error_set(e, l->path, line, "expected an operation");
    for (char *rest = text + n, *one; (one = strsep(&rest, ","));) {
        trim(one);
        if (r->n_operands == MAX_OPERANDS || !*one || strlen(one) >= MAX_OPERAND)
            return error_set(e, l->path, line, "expected one to %d operands", MAX_OPERANDS);
        strcpy(r->operand[r->n_operands++], one);
    }
    return true;
}

static void op_name(enum abstract_opcode op, int width, char *out, size_t n)
{
    if (abstract_info[op].widths == AB_NONE)
        snprintf(out, n, "%s", abstract_info[op].name);
    else
        snprintf(out, n, "%s%d", abstract_info[op].name, width);
}

static bool has_rule(const struct lowering *l, const char *op)
{
    for (int k = 0; k < l->n_rules; k++)
        if (strcmp(l->rule[k].op, op) == 0)
            return true;
    return false;
}

/* Every operation has a line, and every line is of an operation. */
static bool complete(const struct lowering *l, struct error *e)
{
    bool known[MAX_RULES] = {false};
    for (int op = 0; op < ABSTRACT_N_OPCODES; op++)
        for (int width = 32; width <= (l->narrow ? 32 : 64); width += 32) {
            char name[16];
            if (abstract_info[op].widths == AB_64 && width == 32)
                continue;
            op_name((enum abstract_opcode)op, width, name, sizeof name);
            if (op != AB_JOIN && !has_rule(l, name))
                return error_set(e, l->path, 0, "no line for %s", name);
            for (int k = 0; k < l->n_rules; k++)
                known[k] |= strcmp(l->rule[k].op, name) == 0;
        }
    for (int k = 0; k < l->n_rules; k++)
        if (!known[k])
            return error_set(e, l->path, l->rule[k].line, "%s is not an operation of this target",
                             l->rule[k].op);
    return l->n_bases > 0 || error_set(e, l->path, 0, "no BASE in it");
}

static bool read_line(struct lowering *l, char *line, int number, struct error *e)
{
    char *comment = strstr(line, "//");
    if (comment)
        *comment = 0;
    trim(line);
    if (!*line)
        return true;
    if (strncmp(line, "WORDS ", 6) == 0)
        return read_vars(l->words, line + 6, l->path, number, e);
    if (strncmp(line, "BASE ", 5) == 0)
        return read_base(l, line + 5, number, e);
    if (strncmp(line, "LONGS ", 6) == 0) {
        l->narrow = false;
        return read_vars(l->longs, line + 6, l->path, number, e);
    }
    return read_rule(l, line, number, e);
}

struct lowering *lowering_read(const char *path, struct error *e)
{
    struct lowering *l = calloc(1, sizeof *l);
    char *text = l ? read_file(path, e) : NULL;
    if (!l)
        error_set(e, path, 0, "out of memory");
    if (!text) {
        free(l);
        return NULL;
    }
    *l = (struct lowering){.path = path, .narrow = true};
    int number = 0;
    bool ok = true;
    for (char *rest = text, *line; ok && (line = strsep(&rest, "\n"));)
        ok = read_line(l, line, ++number, e);
    ok = ok && (*l->words[0] || error_set(e, path, 0, "no WORDS in it")) && complete(l, e);
    free(text);
    if (ok)
        return l;
    free(l);
    return NULL;
}

void lowering_free(struct lowering *l)
{
    free(l);
}

bool lowering_is_wide(const struct lowering *l)
{
    return !l->narrow;
}

/* ---- lowering ---- */

static void number_text(int64_t v, const char *before, char *out)
{
    uint64_t size = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    snprintf(out, MAX_OPERAND, "%s%s0x%llx", before, v < 0 ? "-" : "", (unsigned long long)size);
}

static void bind(const struct lowering *l, const struct abstract_op *o, struct bound *b)
{
    const char(*vars)[8] = o->width == 64 ? l->longs : l->words;
    bool widens = o->op == AB_WIDEN || o->op == AB_WIDENU;
    op_name(o->op, o->width, b->op, sizeof b->op);
    b->n = 0;
    for (const char *kind = abstract_info[o->op].operands; *kind; kind++) {
        char *out = b->operand[b->n++];
        switch (*kind) {
        case 'a':
            strcpy(out, (widens ? l->words : vars)[o->a]);
            break;
        case 'b':
            strcpy(out, vars[o->b]);
            break;
        case 'd':
            strcpy(out, vars[o->d]);
            break;
        case 'k':
            number_text(o->k, "$", out);
            break;
        case 'h':
            number_text((int32_t)(o->k >> 32), "$", out);
            break;
        case 'o':
            number_text((int32_t)o->k, "$", out);
            break;
        case 'l':
            snprintf(out, MAX_OPERAND, "l%d", o->label);
            break;
        case 'm': {
            int base = o->reach % l->n_bases;
            char offset[MAX_OPERAND - 10];
            int64_t v = l->base[base].distance + abstract_cell_offset(o->width, o->cell);
            snprintf(offset, sizeof offset, "%lld", (long long)v);
            snprintf(out, MAX_OPERAND, "%s(%s)", offset, l->base[base].reg);
        }
        }
    }
}

/* Whether the rule is for these operands; value[c] becomes the operand that %c stands for. */
static bool matches(const struct rule *r, const struct bound *b, const char **value)
{
    if (strcmp(r->op, b->op) != 0 || r->n_operands != b->n)
        return false;
    memset(value, 0, 128 * sizeof *value);
    for (int k = 0; k < b->n; k++) {
        const char *pattern = r->operand[k];
        const char **slot = pattern[0] == '%' ? &value[pattern[1] & 0x7f] : NULL;
        if (slot && !*slot)
            *slot = b->operand[k];
        if (strcmp(slot ? *slot : pattern, b->operand[k]) != 0)
            return false;
    }
    return true;
}

/* The Progs of a rule, one after the other. */
static bool add_progs(const struct asm_arch *arch, const struct lowering *l, const struct rule *r,
                      const char **value, struct program *out, struct error *e)
{
    char line[MAX_LINE];
    size_t n = 0;
    for (const char *at = r->progs;; at++) {
        const char *operand = *at == '%' ? value[at[1] & 0x7f] : NULL;
        if (*at == '%' && !operand)
            return error_set(e, l->path, r->line, "%%%c is not an operand of %s", at[1], r->op);
        if (n + MAX_OPERAND >= sizeof line)
            return error_set(e, l->path, r->line, "an overlong line");
        if (*at == ';' || !*at) {
            line[n] = 0;
            trim(line);
            if (!program_add_prog(arch, out, line, l->path, r->line, e))
                return false;
            n = 0;
            if (!*at)
                return true;
        } else if (operand) {
            n += (size_t)snprintf(line + n, sizeof line - n, "%s", operand);
            at++;
        } else {
            line[n++] = *at;
        }
    }
}

static bool lower_op(const struct asm_arch *arch, const struct lowering *l, const struct abstract_op *o,
                     struct program *out, struct error *e)
{
    struct bound b;
    const char *value[128];
    bind(l, o, &b);
    const struct rule *r = l->rule, *end = r + l->n_rules;
    while (r < end && !matches(r, &b, value))
        r++;
    if (r == end && o->op != AB_JOIN)
        return error_set(e, l->path, 0, "no line fits %s %s, %s ...", b.op, b.operand[0],
                         b.n > 1 ? b.operand[1] : "");
    if (r < end && !add_progs(arch, l, r, value, out, e))
        return false;
    char label[16];
    snprintf(label, sizeof label, "l%d", o->label);
    return (o->op != AB_JOIN && o->op != AB_LOOP) ||
           program_add_label(out, label, l->path, r < end ? r->line : 0, e);
}

static bool add_init(const struct asm_arch *arch, const struct lowering *l, struct program *out, int variant,
                     const char *reg, const char *value, int line, struct error *e)
{
    char text[80];
    snprintf(text, sizeof text, "%s = %s", reg, value);
    if (!program_add_init(arch, out, text, l->path, line, e))
        return false;
    out->inits[out->n_inits - 1].variant = variant;
    return true;
}

static bool expect(struct program *out, struct expect x, struct error *e)
{
    if (out->n_expects == MAX_EXPECTS)
        return error_set(e, out->file, out->line, "more than %d expected values", MAX_EXPECTS);
    out->expects[out->n_expects++] = x;
    return true;
}

/* Initial and final values of the variables of one width, and final ones of the cells. */
static bool add_values(const struct asm_arch *arch, const struct lowering *l, const struct abstract *p,
                       int variant, int width, struct program *out, struct error *e)
{
    struct abstract_end end;
    abstract_run(p, variant, l->narrow, &end);
    bool wide = width == 64;
    for (int k = 0; k < ABSTRACT_VARS; k++) {
        char value[MAX_OPERAND];
        number_text(wide ? (int64_t)p->x[variant][k] : (int32_t)p->w[variant][k], "", value);
        if (!add_init(arch, l, out, variant + 1, (wide ? l->longs : l->words)[k], value, 0, e))
            return false;
        struct expect x = {.variant = variant,
                           .kind = EXPECT_REG,
                           .width = width,
                           .where = out->inits[out->n_inits - 1].reg,
                           .value = wide ? end.x[k] : end.w[k]};
        snprintf(x.name, sizeof x.name, "%c%d", wide ? 'x' : 'w', k);
        if (!expect(out, x, e))
            return false;
    }
    for (int k = 0; k < ABSTRACT_CELLS; k++) {
        struct expect x = {.variant = variant,
                           .kind = EXPECT_ARENA,
                           .width = width,
                           .where = abstract_cell_offset(width, k),
                           .value = wide ? end.cell64[k] : end.cell32[k]};
        snprintf(x.name, sizeof x.name, "m%d%+d", width, x.where);
        if (((wide ? end.written64 : end.written32) >> k & 1) && !expect(out, x, e))
            return false;
    }
    return true;
}

bool lower(const struct asm_arch *arch, const struct lowering *l, const struct abstract *p,
           struct program *out, struct error *e)
{
    for (int k = 0; k < l->n_bases; k++) {
        char value[MAX_OPERAND];
        snprintf(value, sizeof value, "arena%+lld", (long long)-l->base[k].distance);
        if (!add_init(arch, l, out, 0, l->base[k].reg, value, l->base[k].line, e))
            return false;
    }
    for (int v = 0; v < ABSTRACT_VARIANTS; v++)
        if (!add_values(arch, l, p, v, 32, out, e) || (!l->narrow && !add_values(arch, l, p, v, 64, out, e)))
            return false;
    for (int k = 0; k < p->n_ops; k++)
        if (!(l->narrow && p->op[k].width == 64) && !lower_op(arch, l, &p->op[k], out, e))
            return false;
    return program_assemble(arch, out, e);
}

bool read_cross(const struct asm_arch *arch, const char *path, uint64_t seed, const char *tag, int count,
                program_sink *sink, void *context, struct error *e)
{
    struct lowering *l = lowering_read(path, e);
    struct program *p = calloc(1, sizeof *p);
    bool ok = l && (p || error_set(e, path, 0, "out of memory"));
    for (int k = 0; ok && k < count; k++) {
        struct abstract a;
        char name[16], prefix[48], stem[40];
        *p = (struct program){.file = path, .line = 1, .fragment = true};
        snprintf(name, sizeof name, "%d", k);
        snprintf(prefix, sizeof prefix, "x%s_%d", tag, k);
        tagged_stem("cross", tag, stem, sizeof stem);
        program_name(p, stem, name);
        literals_begin(prefix);
        abstract_generate(seed, k, &a);
        ok = lower(arch, l, &a, p, e) && sink(context, p, e);
    }
    free(p);
    lowering_free(l);
    return ok;
}
