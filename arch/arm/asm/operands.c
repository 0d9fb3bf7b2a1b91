/* arm: operands as GNU assembler text, and the constants and suffixes that decide how they look. */
#include "optab.h"

#include <stdio.h>
#include <string.h>

/* ---- suffixes ---- */

bool arm_has_suffix(const char *suffixes, const char *one)
{
    size_t n = strlen(one);
    for (const char *s = suffixes; s && *s == '.'; s = strchr(s + 1, '.'))
        if (strncmp(s + 1, one, n) == 0 && (!s[1 + n] || s[1 + n] == '.'))
            return true;
    return false;
}

static bool has(const struct prog *p, const char *suffix)
{
    return arm_has_suffix(p->suffix, suffix);
}

const char *arm_condition(const char *suffixes)
{
    static const char *const conditions[] = {"EQ", "NE", "CS", "HS", "CC", "LO", "MI", "PL",
                                             "VS", "VC", "HI", "LS", "GE", "LT", "GT", "LE"};
    for (size_t k = 0; k < sizeof conditions / sizeof *conditions; k++)
        if (arm_has_suffix(suffixes, conditions[k]))
            return conditions[k];
    return "";
}

/* ---- constants ---- */

bool arm_rotated8(uint32_t v)
{
    for (int s = 0; s < 32; s += 2)
        if (((v << s | (uint64_t)v >> (32 - s)) & 0xffffff00) == 0)
            return true;
    return false;
}

/* The lowest split without a common bit (asm5.go immrot2a). */
bool arm_split_sum(uint32_t v, uint32_t *a, uint32_t *b)
{
    for (int s = 1; s < 32; s++) {
        *a = v & ((UINT32_C(1) << s) - 1);
        *b = v - *a;
        if (arm_rotated8(*a) && arm_rotated8(*b))
            return true;
    }
    return false;
}

/* What is taken off completes the low bits of v (asm5.go immrot2s). */
bool arm_split_difference(uint32_t v, uint32_t *a, uint32_t *b)
{
    int s = 2;
    while (s < 24 && (v & ((UINT32_C(1) << s) - 1)) == 0)
        s += 2;
    s += 6;
    uint64_t unit = UINT64_C(1) << s;
    *b = (uint32_t)(unit - (v & (unit - 1)));
    *a = v + *b;
    return arm_rotated8(*a) && arm_rotated8(*b);
}

/* ---- formats ---- */

static void reg_text(int reg, char fp_width, char *out, size_t n)
{
    static const char *const high[] = {"sp", "lr", "pc"};
    int k = REG_NUMBER(reg);
    if (REG_CLASS(reg) == RC_CTL)
        snprintf(out, n, "%s", reg == ARM_CPSR ? "cpsr" : "fpscr");
    else if (REG_CLASS(reg) == RC_F)
        snprintf(out, n, "%c%d", fp_width, fp_width == 's' ? 2 * k : k);
    else if (k < 13)
        snprintf(out, n, "r%d", k);
    else
        snprintf(out, n, "%s", high[k - 13]);
}

static void lower(const char *from, char *out, size_t n)
{
    size_t k = 0;
    for (; from[k] && k + 1 < n; k++)
        out[k] = (char)(from[k] | 0x20);
    out[k] = 0;
}

/* A memory operand, with or without write-back: its offset as text. */
static void address_text(const struct prog *p, const struct operand *a, const char *offset, char *out,
                         size_t n)
{
    char base[8];
    reg_text(a->reg, 'd', base, sizeof base);
    if (has(p, "P"))
        snprintf(out, n, "[%s],%s", base, offset);
    else
        snprintf(out, n, "[%s,%s]%s", base, offset, has(p, "W") ? "!" : "");
}

static void memory_text(const struct prog *p, const struct operand *a, char *out, size_t n)
{
    char offset[32], index[8];
    int shift = 0;
    reg_text(a->index, 'd', index, sizeof index);
    for (int scale = a->scale; scale > 1; scale /= 2)
        shift++;
    if (!a->index)
        snprintf(offset, sizeof offset, "#%lld", (long long)a->value);
    else if (shift)
        snprintf(offset, sizeof offset, "%s,lsl #%d", index, shift);
    else
        snprintf(offset, sizeof offset, "%s", index);
    address_text(p, a, offset, out, n);
}

static void shifted_text(const struct operand *a, char *out, size_t n)
{
    char r[8], by[8];
    const char *how = a->shift[0] == '<'   ? "lsl"
                      : a->shift[0] == '-' ? "asr"
                      : a->shift[0] == '@' ? "ror"
                                           : "lsr";
    reg_text(a->reg, 'd', r, sizeof r);
    if (a->index)
        reg_text(a->index, 'd', by, sizeof by);
    else
        snprintf(by, sizeof by, "#%d", (int)a->value);
    if (!a->index && a->value == 0)
        snprintf(out, n, "%s", r);
    else
        snprintf(out, n, "%s,%s %s", r, how, by);
}

static void list_text(const struct operand *a, char *out, size_t n)
{
    size_t at = (size_t)snprintf(out, n, "{");
    for (int k = 0; k < 16 && at < n; k++)
        if (a->regset >> k & 1) {
            char r[8];
            reg_text(REG(RC_R, k), 'd', r, sizeof r);
            at += (size_t)snprintf(out + at, n - at, "%s%s", at > 1 ? "," : "", r);
        }
    snprintf(out + at, n - at, "}");
}

/* How MOVM walks: P is before, U up (Go's .P and .U are bits; .IA and the others are their names). */
static const char *movm_mode(const struct prog *p)
{
    if (has(p, "IB") || (has(p, "P") && has(p, "U")))
        return "ib";
    if (has(p, "DB") || has(p, "P"))
        return "db";
    return has(p, "IA") || has(p, "U") ? "ia" : "da";
}

/* Of an operand, by its kind. */
static bool format_operand(const struct prog *p, const struct operand *a, char *out, size_t n)
{
    switch (a->kind) {
    case OPERAND_REG:
        reg_text(a->reg, 'd', out, n);
        return true;
    case OPERAND_IMM:
        snprintf(out, n, "#0x%x", (unsigned)a->value);
        return true;
    case OPERAND_MEM:
        memory_text(p, a, out, n);
        return true;
    case OPERAND_SHIFTED:
        shifted_text(a, out, n);
        return true;
    case OPERAND_LIST:
        list_text(a, out, n);
        return true;
    default:
        return false;
    }
}

bool arm_format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n)
{
    uint32_t x = 0, y = 0;
    const struct opname *o = arm_opname(p->op);
    if (!*fmt)
        return format_operand(p, a, out, n);
    if (strcmp(fmt, "state") == 0) {
        reg_text(a->reg, 'd', out, n);
    } else if (strcmp(fmt, "c") == 0) { /* the Prog's condition */
        lower(arm_condition(p->suffix), out, n);
    } else if (strcmp(fmt, "sc") == 0) {
        out[0] = 's';
        lower(arm_condition(p->suffix), out + has(p, "S"), n - 1);
    } else if (strcmp(fmt, "not") == 0) {
        snprintf(out, n, "#0x%x", ~(unsigned)a->value);
    } else if (strcmp(fmt, "abs") == 0) {
        snprintf(out, n, "#0x%llx", a->value < 0 ? -(long long)a->value : (long long)a->value);
    } else if (strcmp(fmt, "addop") == 0) {
        snprintf(out, n, a->value < 0 ? "sub" : "add");
    } else if (strcmp(fmt, "sum1") == 0 || strcmp(fmt, "sum2") == 0) {
        arm_split_sum((uint32_t)a->value, &x, &y);
        snprintf(out, n, "#0x%x", fmt[3] == '1' ? x : y);
    } else if (strcmp(fmt, "dif1") == 0 || strcmp(fmt, "dif2") == 0) {
        arm_split_difference((uint32_t)a->value, &x, &y);
        snprintf(out, n, "#0x%x", fmt[3] == '1' ? x : y);
    } else if (strcmp(fmt, "tmp") == 0) { /* memory at an offset in REGTMP */
        address_text(p, a, "r11", out, n);
    } else if (strcmp(fmt, "base") == 0 || strcmp(fmt, "a") == 0) {
        reg_text(a->reg, 'd', out, n);
    } else if (strcmp(fmt, "b") == 0) {
        reg_text(a->reg2, 'd', out, n);
    } else if (strcmp(fmt, "next") == 0) { /* the odd register of LDREXD's pair */
        reg_text(a->reg + 1, 'd', out, n);
    } else if (strcmp(fmt, "mul1") == 0 ||
               strcmp(fmt, "mul2") == 0) { /* pre-v6 rule: Rd is not Rm (asm5.go case 15) */
        const struct operand *t = &p->arg[p->n_args - 1], *m = p->n_args == 3 ? &p->arg[1] : t;
        bool swap = m->reg == t->reg;
        reg_text((fmt[3] == '1') == swap ? p->arg[0].reg : m->reg, 'd', out, n);
    } else if (strcmp(fmt, "source") == 0) { /* the third of four operands, or the only register */
        reg_text(p->arg[p->n_args == 4 ? 2 : p->n_args - 1].reg, 'd', out, n);
    } else if (strcmp(fmt, "mode") == 0) {
        snprintf(out, n, "%s", movm_mode(p));
    } else if (strcmp(fmt, "back") == 0) {
        snprintf(out, n, has(p, "W") ? "!" : "");
    } else if (strcmp(fmt, "s") == 0 || strcmp(fmt, "d") == 0) {
        reg_text(a->reg, *fmt, out, n);
    } else if (strcmp(fmt, "fp") == 0) { /* of the operation's width */
        reg_text(a->reg, *o->gas[2], out, n);
    } else if (strcmp(fmt, "other") == 0) { /* of the other width */
        reg_text(a->reg, *o->gas[2] == 's' ? 'd' : 's', out, n);
    } else if (strcmp(fmt, "ft") == 0) {
        snprintf(out, n, *o->gas[2] == 's' ? "f32" : "f64");
    } else if (strcmp(fmt, "it") == 0) {
        snprintf(out, n, has(p, "U") ? "u32" : "s32");
    } else if (strcmp(fmt, "word") == 0) {
        snprintf(out, n, "0x%x", (unsigned)a->value);
    } else {
        return false;
    }
    return true;
}
