/* Hiding things from the marking predicates. One thread: what is hidden from whom is static. */
#include "predicates.h"

#include <string.h>

#include "pctab/mark.h"

enum hidden {
    HIDE_OPERAND,
    HIDE_REG,
    HIDE_INDEX,
    HIDE_REG2,
    HIDE_LIST,
    HIDE_FLAG,
    HIDE_OPCODE,
    RESTART_FIRST
};

static const struct {
    enum hidden hidden;
    int which; /* the operand's number or kind */
    const char *name, *class;
} mutants[] = {
    {HIDE_OPERAND, 0, "first operand", "M3"},
    {HIDE_OPERAND, 1, "second operand", "M3"},
    {HIDE_OPERAND, 2, "third operand", "M3"},
    {HIDE_OPERAND, 3, "fourth operand", "M3"},
    {HIDE_REG, OPERAND_REG, "register operand", "M3"},
    {HIDE_REG, OPERAND_MEM, "base of memory", "M3"},
    {HIDE_INDEX, OPERAND_MEM, "index of memory", "M3"},
    {HIDE_REG, OPERAND_ADDR, "base of address", "M3"},
    {HIDE_INDEX, OPERAND_ADDR, "index of address", "M3"},
    {HIDE_REG, OPERAND_PAIR, "first of pair", "M3"},
    {HIDE_REG2, OPERAND_PAIR, "second of pair", "M3"},
    {HIDE_REG, OPERAND_SHIFTED, "shifted register", "M3"},
    {HIDE_LIST, OPERAND_LIST, "register list", "M3"},
    {HIDE_FLAG, 0, "USES_REGTMP flag", "M22"},
    {HIDE_OPCODE, 0, "operation", "M3"},
    {RESTART_FIRST, 0, "unsafe before restartable", "M29"},
};
const int n_predicate_mutants = sizeof mutants / sizeof *mutants;

static const struct asm_arch *arch_now;
static int now;

const char *predicate_mutant_name(int k)
{
    return mutants[k].name;
}

const char *predicate_mutant_class(const struct asm_arch *arch, int k)
{
    return *arch->target->regtmp ? mutants[k].class : "M2"; /* without REGTMP the predicates look for TLS */
}

static void hide_in(struct operand *a, enum hidden hidden)
{
    switch (hidden) {
    case HIDE_OPERAND:
        *a = (struct operand){.kind = OPERAND_NONE};
        break;
    case HIDE_REG:
        a->reg = NO_REG;
        break;
    case HIDE_INDEX:
        a->index = NO_REG;
        break;
    case HIDE_REG2:
        a->reg2 = NO_REG;
        break;
    case HIDE_LIST:
        a->regset = 0;
        break;
    default:
        break;
    }
}

/* A copy of the Prog without the thing. */
static const struct prog *hide(const struct prog *p, int k)
{
    static struct prog copy;
    static struct optab entry;
    copy = *p;
    for (int j = 0; j < copy.n_args; j++)
        if (mutants[k].hidden == HIDE_OPERAND ? j == mutants[k].which
                                              : (int)copy.arg[j].kind == mutants[k].which)
            hide_in(&copy.arg[j], mutants[k].hidden);
    if (mutants[k].hidden == HIDE_FLAG && p->entry) {
        entry = *p->entry;
        entry.flags &= ~(unsigned)USES_REGTMP;
        copy.entry = &entry;
    }
    if (mutants[k].hidden == HIDE_OPCODE)
        copy.op[0] = 0;
    return &copy;
}

/* A copy that names no register at all: what is restartable on account of its expansion alone. */
static const struct prog *hide_operands(const struct prog *p)
{
    static struct prog copy;
    copy = *p;
    copy.n_args = 0;
    return &copy;
}

static bool restart_first(const void *prog)
{
    return arch_now->is_restartable && arch_now->is_restartable(hide_operands(prog));
}

static bool unsafe(const void *prog)
{
    if (!arch_now->is_unsafe_point)
        return false;
    if (mutants[now].hidden == RESTART_FIRST)
        return arch_now->is_unsafe_point(prog) && !restart_first(prog);
    return arch_now->is_unsafe_point(hide(prog, now));
}

static bool restartable(const void *prog)
{
    if (!arch_now->is_restartable)
        return false;
    if (mutants[now].hidden == RESTART_FIRST)
        return restart_first(prog);
    return arch_now->is_restartable(hide(prog, now));
}

bool predicate_mutant_mark(const struct asm_arch *arch, const struct program *p, int k, int32_t *values)
{
    struct mark_prog marks[MAX_PROGS];
    bool differs = false;
    for (int j = 0; j < p->n_progs; j++) {
        const struct prog *q = &p->progs[j];
        marks[j] = (struct mark_prog){
            .pc = q->pc, .size = q->size, .has_pcdata = q->has_pcdata, .pcdata = q->pcdata, .prog = q};
    }
    arch_now = arch;
    now = k;
    mark_unsafe_points(marks, (size_t)p->n_progs, unsafe, restartable);
    for (int j = 0; j < p->n_progs; j++) {
        values[j] = marks[j].value;
        differs |= values[j] != p->progs[j].value;
    }
    return differs;
}
