/* After the Arm ARM, chapter C8. Operands as capstone has them: the first one is written, but for stores and
 * tests, and the others are read. Whether the first is read as well follows from how it is predicated, and
 * from the name.
 *
 * How long a vector is no instruction says: what ADDVL adds to SP, or where [X0, #1, MUL VL] is, is not
 * followed, and SP is unknown from there on. */
#include "effects_sve.h"

#include <string.h>

/* A run of units: of Z all that the list has, V's included. */
struct run {
    int first, n;
};

/* Beginnings of names. Those whose destination is one of their sources without being named twice, where
 * nothing is predicated. */
static const char *const accumulates[] = {
    "mla",   "mls",    "fmla",    "fmls",    "fcmla",    "cmla",     "sqrdcmlah", "sqrdml",    "sqdml",
    "smlal", "smlsl",  "umlal",   "umlsl",   "bfml",     "sdot",     "udot",      "usdot",     "sudot",
    "cdot",  "bfdot",  "fmmla",   "bfmmla",  "smmla",    "ummla",    "usmmla",    "saba",      "uaba",
    "adclb", "adclt",  "sbclb",   "sbclt",   "ssra",     "usra",     "srsra",     "ursra",     "sri",
    "sli",   "eorbt",  "eortb",   "insr",    "inc",      "dec",      "sqinc",     "uqinc",     "sqdec",
    "uqdec", "tbx",    "sqxtnt",  "uqxtnt",  "sqxtunt",  "addhnt",   "raddhnt",   "subhnt",    "rsubhnt",
    "shrnt", "rshrnt", "sqshrnt", "uqshrnt", "sqshrunt", "sqrshrnt", "uqrshrnt",  "sqrshrunt", "fmlal",
    "fmlsl", NULL};
static const char *const without_destination[] = {"st", "ptest", "cterm", "prf", "wrffr", "setffr", NULL};
static const char *const sets_flags[] = {"while",  "ptest",  "cterm", "cmp", "match",
                                         "nmatch", "pfirst", "pnext", NULL};
static const char *const floats[] = {"f", "bf", "scvtf", "ucvtf", NULL};

static bool begins(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strncmp(name, *list, strlen(*list)) == 0)
            return true;
    return false;
}

static bool is_z(const cs_arm64_op *op)
{
    return op->type == ARM64_OP_REG && (unsigned)op->reg - ARM64_REG_Z0 < 32;
}

static bool is_p(const cs_arm64_op *op)
{
    return op->type == ARM64_OP_REG && (unsigned)op->reg - ARM64_REG_P0 < 16;
}

/* False for a register that is none of the list's; the zero register is a run of none. */
static bool run_of(const cs_insn *cs, const cs_arm64_op *op, struct run *run)
{
    struct operand o;
    if (is_z(op)) {
        *run = (struct run){U_v0 + V_STRIDE * (int)(op->reg - ARM64_REG_Z0), V_STRIDE};
    } else if (is_p(op)) {
        *run = (struct run){U_p0 + (U_p1 - U_p0) * (int)(op->reg - ARM64_REG_P0), U_p1 - U_p0};
    } else if (op->reg == ARM64_REG_FFR) {
        *run = (struct run){U_ffr, U_ffr_last - U_ffr + 1};
    } else if (!arm64_operand(cs, op, &o)) {
        return false;
    } else if (o.unit == NO_UNIT) {
        *run = (struct run){0, 0};
    } else { /* what lies above a scalar's end is cleared */
        *run = (struct run){o.unit, o.vector ? V_STRIDE : 1};
    }
    return true;
}

static void read_run(struct effects *fx, const struct run *run)
{
    for (int u = run->first; u < run->first + run->n; u++)
        fx_read(fx, u);
}

static void write_run(struct effects *fx, const struct run *run)
{
    for (int u = run->first; u < run->first + run->n; u++)
        fx_write(fx, u);
}

/* An address that is not followed has an index of no known scale: a vector's, or the length of one. */
static bool memory(const cs_insn *cs, const cs_arm64_op *op, bool load, bool store, struct effects *fx)
{
    struct effect_mem m = {.base = NO_UNIT, .index = NO_UNIT, .load = load, .store = store};
    const unsigned regs[] = {op->mem.base, op->mem.index};
    for (int i = 0; i < 2; i++) {
        cs_arm64_op reg = {.type = ARM64_OP_REG, .vector_index = -1, .reg = (arm64_reg)regs[i]};
        struct run run;
        if (regs[i] == ARM64_REG_INVALID)
            continue;
        if (!run_of(cs, &reg, &run))
            return false;
        read_run(fx, &run);
        if (run.n == 1 && i == 0)
            m.base = (int16_t)run.first;
        else if (run.n)
            m.index = (int16_t)run.first;
    }
    if (m.index == NO_UNIT && op->mem.disp)
        m.index = m.base;
    if (load || store)
        fx->mem[fx->n_mem++] = m;
    return true;
}

static bool reads_first(const cs_insn *cs)
{
    return strstr(cs->op_str, "/m") || (!strstr(cs->op_str, "/z") && begins(cs->mnemonic, accumulates));
}

static void note_flags(const cs_insn *cs, const cs_arm64_op *first, struct effects *fx)
{
    const char *name = cs->mnemonic;
    bool is_test = is_p(first) && name[strlen(name) - 1] == 's'; /* ANDS, BRKAS, PTRUES */
    if (begins(name, sets_flags) || is_test)
        fx_write(fx, U_nzcv);
    if (strncmp(name, "cterm", 5) == 0) /* V becomes what C was not, if it does not end */
        fx_read(fx, U_nzcv);
    if (begins(name, floats))
        fx_touch(fx, U_fpsr);
}

/* The first-fault register, which no operand names. */
static void note_faults(const char *name, struct effects *fx)
{
    const struct run ffr = {U_ffr, U_ffr_last - U_ffr + 1};
    bool loads = strncmp(name, "ldff", 4) == 0 || strncmp(name, "ldnf", 4) == 0;
    if (loads || strncmp(name, "rdffr", 5) == 0)
        read_run(fx, &ffr);
    if (loads || strcmp(name, "wrffr") == 0 || strcmp(name, "setffr") == 0)
        write_run(fx, &ffr);
}

bool arm64_sve(const cs_insn *cs, struct effects *fx)
{
    const cs_arm64 *d = &cs->detail->arm64;
    bool loads = strncmp(cs->mnemonic, "ld", 2) == 0, stores = strncmp(cs->mnemonic, "st", 2) == 0;
    bool writes = !begins(cs->mnemonic, without_destination), listing = true;
    if (d->op_count == 0 && strcmp(cs->mnemonic, "setffr") != 0)
        return false;
    for (int i = 0; i < d->op_count; i++) {
        const cs_arm64_op *op = &d->operands[i];
        struct run run;
        if (op->type == ARM64_OP_MEM && !memory(cs, op, loads, stores, fx))
            return false;
        if (op->type != ARM64_OP_REG)
            continue;
        if (!run_of(cs, op, &run))
            return false;
        listing = i == 0 || (listing && loads && is_z(op)); /* a load's vectors are a list */
        if (writes && listing)
            write_run(fx, &run);
        if (!(writes && listing) || reads_first(cs))
            read_run(fx, &run);
    }
    note_flags(cs, &d->operands[0], fx);
    note_faults(cs->mnemonic, fx);
    return (!loads && !stores) || fx->n_mem == 1;
}
