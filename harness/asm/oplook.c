/* The optab look-up and the template expander: see struct optab (prog.h) for the template language. */
#include "oplook.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "literals.h"
#include "refuse.h"

static const struct opname *find_op(const struct asm_arch *arch, const char *op)
{
    for (const struct opname *o = arch->ops; o->go; o++)
        if (strcmp(o->go, op) == 0)
            return o;
    return NULL;
}

/* Whether the Prog's operands are of the entry's classes; a missing middle operand is legal where the
 * entry says OPTIONAL. */
static bool fits(const struct prog *p, const uint64_t *classes, const uint64_t *want)
{
    int k = 0;
    for (int w = 0; w < MAX_ARGS && want[w]; w++) {
        int wanted = 0, left = 0;
        for (int v = w; v < MAX_ARGS && want[v]; v++)
            wanted++;
        left = p->n_args - k;
        if ((want[w] & OPTIONAL) && left < wanted)
            continue;
        if (k == p->n_args || !(classes[k] & want[w] & ~OPTIONAL))
            return false;
        k++;
    }
    return k == p->n_args;
}

static bool suffix_fits(const char *have, const char *want)
{
    if (!want || !*want)
        return !*have;
    return strcmp(want, "*") == 0 || strcmp(want, have) == 0;
}

struct expansion {
    const struct asm_arch *arch;
    struct prog *p;
    const struct opname *op;
    struct error *e;
};

static bool bad(struct expansion *x, const char *what, const char *detail)
{
    return error_set(x->e, x->p->file, x->p->line, "%s: %s \"%s\" in the optab's template", x->p->text, what,
                     detail);
}

/* The operand that a placeholder's key names, or null. */
static const struct operand *keyed(const struct prog *p, const char *key)
{
    int k;
    if (strcmp(key, "t") == 0)
        k = p->n_args - 1;
    else if (strcmp(key, "m") == 0)
        k = p->n_args >= 3 ? 1 : p->n_args - 1;
    else if (isdigit((unsigned char)key[0]) && !key[1])
        k = key[0] - '1';
    else
        return NULL;
    return k >= 0 && k < p->n_args ? &p->arg[k] : NULL;
}

/* The formats that are the same everywhere. */
static bool common_format(const struct operand *a, const char *fmt, char *out, size_t n)
{
    if (a->kind == OPERAND_TARGET && !*fmt)
        snprintf(out, n, ".L%s_p%lld", literals_prefix(), (long long)a->value);
    else if (strcmp(fmt, "value") == 0)
        snprintf(out, n, "%lld", (long long)a->value);
    else if (strcmp(fmt, "neg") == 0)
        snprintf(out, n, "%lld", (long long)(0 - (uint64_t)a->value));
    else if (strcmp(fmt, "lo16") == 0)
        snprintf(out, n, "0x%x", (unsigned)(a->value & 0xffff));
    else if (strcmp(fmt, "hi16") == 0)
        snprintf(out, n, "0x%x", (unsigned)(a->value >> 16 & 0xffff));
    else if (strcmp(fmt, "slo16") == 0)
        snprintf(out, n, "%d", (int16_t)a->value);
    else if (strcmp(fmt, "ha16") == 0)
        snprintf(out, n, "0x%x", (unsigned)((a->value + 0x8000) >> 16 & 0xffff));
    else if (strcmp(fmt, "sym") == 0)
        snprintf(out, n, "everypc_%s%+lld", a->name, (long long)a->value);
    else if (strcmp(fmt, "pool4") == 0 || strcmp(fmt, "pool8") == 0) {
        int size = fmt[4] - '0';
        if (a->kind == OPERAND_SYM || a->kind == OPERAND_SYM_ADDR)
            literal_symbol_label(a->name, a->value, size, out, n);
        else
            literal_label(a->value, size, out, n);
    } else
        return false;
    return true;
}

static bool placeholder(struct expansion *x, const char *body, char *out, size_t n)
{
    if (strcmp(body, "op") == 0 || strcmp(body, "op2") == 0 || strcmp(body, "op3") == 0) {
        const char *m = x->op->gas[body[2] ? body[2] - '1' : 0];
        if (!m)
            return bad(x, "no mnemonic for", body);
        snprintf(out, n, "%s", m);
        return true;
    }
    char key[16];
    const char *colon = strchr(body, ':');
    size_t k = colon ? (size_t)(colon - body) : strlen(body);
    if (k >= sizeof key)
        return bad(x, "placeholder", body);
    memcpy(key, body, k);
    key[k] = 0;
    const struct operand *a = keyed(x->p, key);
    if (!a)
        return bad(x, "no operand for", body);
    const char *fmt = colon ? colon + 1 : "";
    if (x->arch->format(x->p, a, fmt, out, n) || common_format(a, fmt, out, n))
        return true;
    return bad(x, "no format for", body);
}

/* Fills the placeholders of one template instruction. */
static bool substitute(struct expansion *x, const char *from, const char *to, char *out, size_t n)
{
    size_t k = 0;
    for (const char *c = from; c < to; c++) {
        char piece[96] = {*c, 0};
        if (*c == '{') {
            char body[32];
            size_t b = 0;
            for (c++; c < to && *c != '}' && b + 1 < sizeof body; c++)
                body[b++] = *c;
            body[b] = 0;
            if (!placeholder(x, body, piece, sizeof piece))
                return false;
        }
        size_t len = strlen(piece);
        if (k + len >= n)
            return bad(x, "overlong instruction", out);
        memcpy(out + k, piece, len);
        k += len;
    }
    out[k] = 0;
    return true;
}

void prog_add(struct prog *p, uint32_t size, const char *fmt, ...)
{
    if (p->n_insns == MAX_INSNS) {
        fprintf(stderr, "everypc-asm: %s: more than %d instructions\n", p->text, MAX_INSNS);
        abort(); /* a fault of an optab, not of the user's input */
    }
    struct insn *i = &p->insn[p->n_insns++];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(i->text, sizeof i->text, fmt, ap);
    va_end(ap);
    i->size = (uint8_t)size;
}

static bool expand_one(struct expansion *x, const char *from, const char *to)
{
    bool delay = false;
    uint32_t size = x->arch->target->insn_size;
    bool ask = false;
    while (from < to && isspace((unsigned char)*from))
        from++;
    if (from < to && *from == '~') {
        delay = true;
        from++;
    }
    if (to - from > 2 && *from == '?' && from[1] == ':') {
        ask = true;
        from += 2;
    } else if (to - from > 2 && isdigit((unsigned char)*from)) {
        char *colon;
        unsigned long v = strtoul(from, &colon, 10);
        if (*colon == ':' && colon < to) {
            size = (uint32_t)v;
            from = colon + 1;
        }
    }
    while (from < to && isspace((unsigned char)*from))
        from++;
    char text[112];
    if (!substitute(x, from, to, text, sizeof text))
        return false;
    int first = x->p->n_insns;
    if (text[0] == '@') {
        char *args = strchr(text, ' ');
        if (args)
            *args++ = 0;
        if (!x->arch->macro || !x->arch->macro(x->p, text + 1, args ? args : ""))
            return bad(x, "no macro", text);
    } else {
        prog_add(x->p, size, "%s", text);
    }
    for (int k = first; k < x->p->n_insns; k++) {
        struct insn *i = &x->p->insn[k];
        i->in_delay_slot |= delay;
        if (ask && x->arch->size)
            i->size = (uint8_t)x->arch->size(x->p, i->text);
        if (i->size == 0)
            i->size = (uint8_t)x->arch->target->insn_size;
        if (i->size == 0)
            return bad(x, "no size for", i->text);
    }
    return true;
}

/* How many letters of `a` must be replaced, left out or put in to make `b`; 9 for long words. */
static int distance(const char *a, const char *b)
{
    int row[16], n = (int)strlen(b);
    if (n > 15)
        return 9;
    for (int k = 0; k <= n; k++)
        row[k] = k;
    for (int i = 1; *a; a++, i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int k = 1; k <= n; k++) {
            int best = diagonal + (*a != b[k - 1]);
            diagonal = row[k];
            best = row[k] + 1 < best ? row[k] + 1 : best;
            row[k] = row[k - 1] + 1 < best ? row[k - 1] + 1 : best;
        }
    }
    return row[n];
}

static bool unknown_op(const struct asm_arch *arch, const struct prog *p, struct error *e)
{
    const char *why = refuse_op(p->op);
    if (why)
        return error_set(e, p->file, p->line, "%s: a case can't hold %s", p->text, why);
    char near[64] = "";
    size_t at = 0;
    int most = strlen(p->op) > 3 ? 2 : 1;
    for (int away = 1, n = 0; away <= most; away++)
        for (const struct opname *o = arch->ops; o->go && n < 3; o++)
            if (distance(p->op, o->go) == away && at < sizeof near) {
                at += (size_t)snprintf(near + at, sizeof near - at, "%s%s", n ? ", " : "", o->go);
                n++;
            }
    return error_set(e, p->file, p->line, "%s knows no operation %s; %s%s%s", arch->target->name, p->op,
                     *near ? "did you mean " : "any instruction can stand in a .S file (cases/README.md)",
                     near, *near ? "?" : "");
}

static bool bad_operands(const struct asm_arch *arch, const struct prog *p, struct error *e)
{
    for (int k = 0; k < p->n_args; k++)
        if (p->arg[k].kind == OPERAND_SPECIAL)
            return error_set(
                e, p->file, p->line,
                "%s: no such operands for %s%s on %s; %s is no register, and no label of this case", p->text,
                p->op, p->suffix, arch->target->name, p->arg[k].name);
    return error_set(e, p->file, p->line,
                     "%s: no such operands for %s%s on %s (out of range, or not in its optab)", p->text,
                     p->op, p->suffix, arch->target->name);
}

bool oplook(const struct asm_arch *arch, struct prog *p, struct error *e)
{
    struct expansion x = {arch, p, find_op(arch, p->op), e};
    if (!x.op)
        return unknown_op(arch, p, e);
    p->arch = arch;
    uint64_t classes[MAX_ARGS] = {0};
    for (int k = 0; k < p->n_args; k++)
        classes[k] = arch->classify(p, &p->arg[k]);
    p->entry = NULL;
    for (const struct optab *o = arch->optab; o->text; o++) {
        if (o->opclass == x.op->opclass && suffix_fits(p->suffix, o->suffix) && fits(p, classes, o->arg)) {
            p->entry = o;
            break;
        }
    }
    if (!p->entry)
        return bad_operands(arch, p, e);
    p->n_insns = 0;
    for (const char *c = p->entry->text; *c;) {
        const char *end = strchr(c, ';');
        if (!end)
            end = c + strlen(c);
        if (!expand_one(&x, c, end))
            return false;
        c = *end ? end + 1 : end;
    }
    p->size = 0;
    for (int k = 0; k < p->n_insns; k++)
        p->size += p->insn[k].size;
    return true;
}
