/* Programs: building them line by line, and assembling them. */
#include "program.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pctab/mark.h"
#include "literals.h"
#include "oplook.h"
#include "parse.h"
#include "sp_delta.h"
#include "state_reg.h"

/* "PCDATA $0, $-2": the value for the next Prog. */
static bool pcdata(const char *line, int32_t *value)
{
    int table, v;
    char rest;
    if (sscanf(line, "PCDATA $%d, $%d %c", &table, &v, &rest) != 2 || table != 0 || v > -1 || v < -5)
        return false;
    *value = v;
    return true;
}

bool program_add_prog(const struct asm_arch *arch, struct program *p, const char *line, const char *file,
                      int number, struct error *e)
{
    if (p->n_progs >= MAX_PROGS - 1)
        return error_set(e, file, number, "more than %d Progs in one case; make two of it", MAX_PROGS - 2);
    struct prog *next = &p->progs[p->n_progs];
    if (strncmp(line, "PCDATA", 6) == 0 && isspace((unsigned char)line[6])) {
        int32_t value;
        if (!pcdata(line, &value))
            return error_set(e, file, number, "expected PCDATA $0, $-1 to $-5");
        next->has_pcdata = true;
        next->pcdata = value;
        return true;
    }
    char rest;
    if (sscanf(line, "SPADJ $%i %c", &next->spadj, &rest) == 1)
        return next->has_spadj = true;
    struct prog before = *next;
    if (!parse_prog(arch, line, file, number, next, e))
        return false;
    next->has_pcdata = before.has_pcdata;
    next->pcdata = before.pcdata;
    next->has_spadj = before.has_spadj;
    next->spadj = before.spadj;
    p->n_progs++;
    p->progs[p->n_progs] = (struct prog){0};
    return true;
}

bool program_add_label(struct program *p, const char *name, const char *file, int number, struct error *e)
{
    if (p->n_labels == MAX_LABELS)
        return error_set(e, file, number, "more than %d labels in one case", MAX_LABELS);
    for (int k = 0; k < p->n_labels; k++)
        if (strcmp(p->labels[k].name, name) == 0)
            return error_set(e, file, number, "label %s is already there", name);
    struct label *l = &p->labels[p->n_labels++];
    snprintf(l->name, sizeof l->name, "%s", name);
    l->prog = p->n_progs;
    return true;
}

static bool add_init(struct program *p, int reg, enum init_kind kind, int64_t value)
{
    if (p->n_inits == MAX_INITS)
        return false;
    p->inits[p->n_inits++] = (struct init){.reg = reg, .kind = kind, .value = value};
    return true;
}

bool program_add_init(const struct asm_arch *arch, struct program *p, const char *text, const char *file,
                      int number, struct error *e)
{
    char reg[32], value[64];
    if (sscanf(text, " %31[^= ] = %63s", reg, value) != 2)
        return error_set(e, file, number, "expected REGISTER = VALUE, arena+N, stack-N, leave or ticker");
    int r = parse_register(arch, reg);
    int index = r != NO_REG ? state_reg_of(arch, r) : state_reg_index(arch, reg);
    if (index < 0)
        return error_set(e, file, number, "unknown register %s", reg);
    enum init_kind kind = INIT_VALUE;
    const char *at = value;
    if (strncmp(value, "arena", 5) == 0) {
        kind = INIT_ARENA;
        at += 5;
    } else if (strncmp(value, "stack", 5) == 0) {
        kind = INIT_STACK;
        at += 5;
    } else if (strcmp(value, "leave") == 0) {
        kind = INIT_LEAVE;
        at += 5;
    } else if (strcmp(value, "ticker") == 0) {
        kind = INIT_TICKER;
        at += 6;
    }
    char *end = (char *)at;
    int64_t v = !*at ? 0 : *at == '-' ? strtoll(at, &end, 0) : (int64_t)strtoull(at, &end, 0);
    if (*end || (!*at && kind == INIT_VALUE))
        return error_set(e, file, number,
                         "%s is not an initial value: a number, arena+N, stack-N, leave or ticker", value);
    if (!add_init(p, index, kind, v))
        return error_set(e, file, number, "more than %d initial values", MAX_INITS);
    return true;
}

bool program_set_property(const struct asm_arch *arch, struct program *p, const char *word)
{
    if (strcmp(word, "STAY") == 0)
        return p->stay = true;
    if (strcmp(word, "FOREIGN") == 0)
        return p->foreign = true;
    if (strcmp(word, "FRAGMENT") == 0)
        return p->fragment = true;
    if (strcmp(word, "STACK_CHECK") == 0)
        return p->stack_check = true;
    if (strcmp(word, "FRAME_POINTER") == 0 && arch->target->frame_pointer)
        return p->frame_pointer = true;
    return false;
}

int program_target(const struct program *p, const struct operand *a, int from)
{
    if (a->kind != OPERAND_TARGET)
        return -1;
    if (a->absolute) {
        for (int k = 0; k < p->n_progs; k++)
            if (p->progs[k].pc == (uint64_t)a->value)
                return k;
        return -1;
    }
    if (a->name[0]) {
        for (int k = 0; k < p->n_labels; k++)
            if (strcmp(p->labels[k].name, a->name) == 0)
                return p->labels[k].prog;
        return -1;
    }
    int64_t to = from + a->value;
    return to >= 0 && to <= p->n_progs ? (int)to : -1;
}

/* A bare word is a branch target if it is one of the labels, else a special name. A resolved target's
 * value is the index of the Prog that it goes to. */
static bool resolve(struct program *p, struct error *e)
{
    for (int k = 0; k < p->n_progs; k++) {
        for (int j = 0; j < p->progs[k].n_args; j++) {
            struct operand *a = &p->progs[k].arg[j];
            if (a->kind != OPERAND_TARGET)
                continue;
            int target = program_target(p, a, k);
            if (target >= 0)
                a->value = target;
            else if (a->name[0])
                a->kind = OPERAND_SPECIAL;
            else
                return error_set(e, p->file, p->progs[k].line, "%s branches out of the case",
                                 p->progs[k].text);
        }
    }
    return true;
}

bool program_leave_through(const struct asm_arch *arch, struct program *p, int reg)
{
    int index = state_reg_of(arch, reg);
    return index >= 0 && add_init(p, index, INIT_LEAVE, 0);
}

static bool has_init(const struct program *p, int reg)
{
    for (int k = 0; k < p->n_inits; k++)
        if (p->inits[k].reg == reg)
            return true;
    return false;
}

/* The operands of a Prog that may trap: small, positive, and no two the same. */
static bool place_tame(const struct asm_arch *arch, struct program *p, const struct prog *q, struct error *e)
{
    enum { TAME = 1000, STEP = 77 };
    for (int j = 0; q->entry && (q->entry->flags & MAY_TRAP) && j < q->n_args; j++) {
        int reg = q->arg[j].kind == OPERAND_REG ? state_reg_of(arch, q->arg[j].reg) : -1;
        if (reg >= 0 && !has_init(p, reg) && !add_init(p, reg, INIT_VALUE, TAME + STEP * j))
            return error_set(e, p->file, q->line, "too many operands of Progs that may trap");
    }
    return true;
}

/* Addresses in registers that the Prog does not name: both halves of the arena get one. */
static bool place_implicit(const struct asm_arch *arch, struct program *p, const struct prog *q,
                           struct error *e)
{
    enum { APART = 128 };
    const int *reg = arch->implicit_bases ? arch->implicit_bases(q) : NULL;
    for (int at = -APART; reg && *reg; reg++, at += 2 * APART) {
        int index = state_reg_of(arch, *reg);
        if (index >= 0 && !has_init(p, index) && !add_init(p, index, INIT_ARENA, at))
            return error_set(e, p->file, q->line, "too many memory operands");
    }
    return true;
}

/* A memory operand whose base nothing has set points into the arena; its index is small. */
bool program_place(const struct asm_arch *arch, struct program *p, struct error *e)
{
    enum { INDEX = 16 };
    int sp = arch->target->sp ? state_reg_index(arch, arch->target->sp) : -1;
    for (int k = 0; k < p->n_progs; k++) {
        if (!place_tame(arch, p, &p->progs[k], e))
            return false;
        if (!place_implicit(arch, p, &p->progs[k], e))
            return false;
        for (int j = 0; j < p->progs[k].n_args; j++) {
            const struct operand *a = &p->progs[k].arg[j];
            if (a->kind != OPERAND_MEM)
                continue;
            int base = a->reg ? state_reg_of(arch, a->reg) : -1;
            int index = a->index ? state_reg_of(arch, a->index) : -1;
            int64_t delta = a->value;
            if (index >= 0 && index != base) {
                if (!has_init(p, index) && !add_init(p, index, INIT_VALUE, INDEX))
                    return error_set(e, p->file, p->progs[k].line, "too many memory operands");
                delta += (int64_t)INDEX * (a->scale ? a->scale : 1);
            }
            if (base >= 0 && base != sp && !has_init(p, base) &&
                !add_init(p, base, INIT_ARENA, (int64_t)(0 - (uint64_t)delta)))
                return error_set(e, p->file, p->progs[k].line, "too many memory operands");
        }
    }
    return true;
}

/* Every branch backwards closes a loop. */
static bool find_loops(struct program *p, struct error *e)
{
    for (int k = 0; k < p->n_progs; k++) {
        const struct prog *q = &p->progs[k];
        for (int j = 0; j < q->n_args && (q->entry->flags & IS_BRANCH); j++) {
            if (q->arg[j].kind != OPERAND_TARGET || q->arg[j].value > k)
                continue;
            if (p->n_loops == MAX_LOOPS)
                return error_set(e, p->file, q->line, "more than %d loops in one case", MAX_LOOPS);
            p->loops[p->n_loops++] = (struct loop){p->progs[q->arg[j].value].pc, q->pc + q->size};
        }
    }
    return true;
}

static void mark(const struct asm_arch *arch, struct program *p)
{
    struct mark_prog marks[MAX_PROGS];
    for (int k = 0; k < p->n_progs; k++) {
        const struct prog *q = &p->progs[k];
        marks[k] = (struct mark_prog){
            .pc = q->pc, .size = q->size, .has_pcdata = q->has_pcdata, .pcdata = q->pcdata, .prog = q};
    }
    mark_unsafe_points(marks, (size_t)p->n_progs, arch->is_unsafe_point, arch->is_restartable);
    for (int k = 0; k < p->n_progs; k++)
        p->progs[k].value = marks[k].value;
}

/* Lengthens the first round of branches that do not reach, and lays the Progs out again; false if all reach.
 * The end of the program lies behind a pad, see CASE_PAD. */
static bool relax(const struct asm_arch *arch, struct program *p, uint32_t *size)
{
    uint32_t pad = arch->target->spin_size - arch->target->case_quantum;
    bool changed = false;
    for (int k = 0; k < p->n_progs; k++) {
        struct prog *q = &p->progs[k];
        for (int j = 0; j < q->n_args; j++) {
            const struct operand *a = &q->arg[j];
            if (a->kind != OPERAND_TARGET)
                continue;
            int64_t to = a->value < p->n_progs ? p->progs[a->value].pc : *size + pad;
            changed |= arch->relax(q, to - (q->pc + q->size));
        }
    }
    *size = 0;
    for (int k = 0; k < p->n_progs; k++) {
        p->progs[k].pc = *size;
        *size += p->progs[k].size;
    }
    return changed;
}

bool program_assemble(const struct asm_arch *arch, struct program *p, struct error *e)
{
    if (p->n_progs == 0)
        return error_set(e, p->file, p->line, "a case without Progs");
    if (!resolve(p, e))
        return false;
    uint32_t pc = 0;
    for (int k = 0; k < p->n_progs; k++) {
        struct prog *q = &p->progs[k];
        if (!oplook(arch, q, e))
            return false;
        if (k > 0 && (p->progs[k - 1].entry->flags & IS_PREFIX))
            q->insn[0].in_delay_slot = true;
        q->pc = pc;
        pc += q->size;
        p->pc_relative |= (q->entry->flags & PC_RELATIVE) != 0;
    }
    while (arch->relax && relax(arch, p, &pc))
        ;
    p->code_size = pc;
    if (!program_place(arch, p, e) || !find_loops(p, e))
        return false;
    mark(arch, p);
    sp_delta_follow(arch, p);
    return true;
}

bool program_encode(const struct asm_arch *arch, const struct program *p, uint8_t *out, size_t capacity,
                    size_t *length, struct error *e)
{
    struct mark_prog marks[MAX_PROGS];
    for (int k = 0; k < p->n_progs; k++)
        marks[k] =
            (struct mark_prog){.pc = p->progs[k].pc, .size = p->progs[k].size, .value = p->progs[k].value};
    enum pctab_error err =
        mark_encode(marks, (size_t)p->n_progs, arch->target->case_quantum, out, capacity, length);
    if (err != PCTAB_OK)
        return error_set(e, p->file, p->line, "%s: the table can't be encoded: %s", p->name,
                         pctab_strerror(err));
    return true;
}
