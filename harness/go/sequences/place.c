/* Placing a sequence's memory operands: see sequence.h. Each general register begins as an unknown of its
 * own; addresses are followed as sums of one or two of these and a constant, and solved for them. */
#include <string.h>

#include "sequence.h"

/* clang-format off */
enum {
    ARENA_REACH = 448,    /* bytes from the arena's middle that operands may lie at; probe/state.h has 512 */
    STACK_REACH = 240,    /* bytes from SP at the entry; probe/state.h compares 256 */
    /* bytes that SP may begin lower than that: of a stack of 128 KB, which holds the injected call as well */
    MAX_FRAME = 0x1d000,
    INDEX = 16,           /* what index registers hold */
    LITERAL_REACH = 4000, /* bytes from the first instruction */
    CASE_TAIL = 48,       /* bytes that may follow a case's last instruction (arch/<arch>/case.inc) */
    MAX_ACCESSES = 2 * MAX_SEQUENCE,
    MOVED = 0x1000000,    /* where PC-relative operands are looked at a second time */
};
/* clang-format on */

/* Where pages may be mapped, as distances from the code and as addresses: probe/cases.ld. */
static const int64_t nearest = 0x100000, farthest = 0x1300000, lowest = 0x10000, highest = 0x2f000000;

enum sum_kind { SUM_UNKNOWN, SUM_CONST, SUM_ROOTS };
struct sum {
    enum sum_kind kind;
    bool relative; /* CONST: moves with the PC */
    int16_t a, b;  /* units, as they were in front of the sequence; NO_UNIT */
    uint8_t scale; /* of b; 0: small */
    int64_t c;
};

struct access {
    int32_t insn;
    uint32_t size;
    struct sum address;
};

struct placer {
    const struct sequence *s;
    const struct effects_arch *arch;
    struct placement *p;
    struct sum value[MAX_UNITS];
    struct access access[MAX_ACCESSES];
    int n_accesses;
    int64_t sp_highest; /* above where it was in front */
    bool is_index[MAX_UNITS];
};

static const struct sum unknown = {.a = NO_UNIT, .b = NO_UNIT};

static struct sum number(int64_t c)
{
    return (struct sum){SUM_CONST, false, NO_UNIT, NO_UNIT, 1, c};
}

static bool bad(struct placer *pl, int32_t insn, const char *why)
{
    pl->p->bad = insn;
    pl->p->why = why;
    return false;
}

/* ---- following values ---- */

static int64_t of_width(const struct placer *pl, int64_t v)
{
    return pl->arch->target->word == 4 ? (int64_t)(uint32_t)v : v;
}

static struct sum value_of(const struct placer *pl, int unit)
{
    return unit == NO_UNIT ? number(0) : pl->value[unit];
}

static struct sum plus(struct sum x, struct sum y, int scale)
{
    if (x.kind == SUM_UNKNOWN || y.kind == SUM_UNKNOWN || (y.kind == SUM_CONST && scale == 0))
        return unknown;
    if (y.kind == SUM_CONST) {
        x.c += y.c * scale;
        x.relative |= y.relative;
        return x.relative && x.kind == SUM_ROOTS ? unknown : x;
    }
    if (y.b != NO_UNIT || x.b != NO_UNIT || y.relative)
        return unknown;
    if (x.kind == SUM_CONST && scale == 1) {
        y.c += x.c;
        return x.relative ? (struct sum){SUM_CONST, true, NO_UNIT, y.a, 1, y.c} : y;
    }
    x.b = y.a;
    x.scale = (uint8_t)scale;
    x.c += y.c * scale;
    return x;
}

static struct sum of_constants(const struct effect_value *v, struct sum x)
{
    if (x.kind != SUM_CONST || x.relative)
        return unknown;
    switch (v->op) {
    case VALUE_ADD32_IMM:
        return number((int32_t)(uint32_t)(x.c + v->imm));
    case VALUE_AND_IMM:
        return number(x.c & v->imm);
    case VALUE_OR_IMM:
        return number(x.c | v->imm);
    case VALUE_XOR_IMM:
        return number(x.c ^ v->imm);
    case VALUE_SHL_IMM:
        return v->imm >= 0 && v->imm < 64 ? number((int64_t)((uint64_t)x.c << v->imm)) : unknown;
    case VALUE_INSERT:
        return number(
            (int64_t)(((uint64_t)x.c & ~(UINT64_C(0xffff) << v->shift)) | (uint64_t)v->imm << v->shift));
    default:
        return unknown;
    }
}

/* The instruction as it would be farther up. */
static struct effects moved(const struct placer *pl, const struct insn *insn)
{
    struct effects fx = {0};
    const struct gobin_func *f = &pl->s->cfg->func;
    decoder_insn(pl->s->decoder, f->code + insn->offset, insn->end - insn->offset, insn->fx.pc + MOVED, &fx);
    return fx;
}

static struct sum made_constant(const struct placer *pl, const struct insn *insn, int i)
{
    struct effects other = moved(pl, insn);
    struct sum s = number(of_width(pl, insn->fx.value[i].imm));
    s.relative = other.n_values > i && other.value[i].imm != insn->fx.value[i].imm;
    return s;
}

static struct sum loaded(const struct placer *pl, uint64_t address, uint32_t size)
{
    const struct placement *p = pl->p;
    for (int i = 0; i < p->n_literals; i++)
        if (p->literal[i].address == address && p->literal[i].size == size && (size == 4 || size == 8)) {
            uint64_t v = 0;
            for (uint32_t b = 0; b < size; b++)
                v |= (uint64_t)p->literal[i].bytes[pl->s->cfg->around->big_endian ? size - 1 - b : b]
                     << 8 * b;
            return number((int64_t)v);
        }
    return unknown;
}

static struct sum new_value(const struct placer *pl, const struct insn *insn, int i)
{
    const struct effect_value *v = &insn->fx.value[i];
    struct sum x = value_of(pl, v->src), y = value_of(pl, v->src2);
    switch (v->op) {
    case VALUE_CONST:
        return made_constant(pl, insn, i);
    case VALUE_ADD_IMM:
        return plus(x, number(v->imm), 1);
    case VALUE_ADD:
        return y.kind == SUM_CONST || x.kind != SUM_CONST ? plus(x, y, 1) : plus(y, x, 1);
    case VALUE_SUB:
        return y.kind == SUM_CONST && !y.relative ? plus(x, number(-y.c), 1) : unknown;
    default:
        return of_constants(v, x);
    }
}

/* Takes the values over an instruction. `load`: what it loads, where that is known. */
static void step(struct placer *pl, const struct insn *insn, struct sum load)
{
    const struct effects *fx = &insn->fx;
    struct sum fresh[MAX_EFFECT_VALUES];
    int dst = NO_UNIT, n_dst = 0;
    for (int i = 0; i < fx->n_values; i++)
        fresh[i] = fx->value[i].op == VALUE_LOAD ? load : new_value(pl, insn, i);
    for (int u = 0; u < pl->arch->n_units; u++)
        if (unit_in(&fx->writes, u)) {
            pl->value[u] = unknown;
            if (unit_in(&pl->arch->general, u) && unit_in(&fx->kills, u)) {
                dst = u;
                n_dst++;
            }
        }
    if (fx->n_values == 0 &&
        n_dst == 1) /* a load of less than a whole register: in literals, the rest is zero */
        pl->value[dst] = load;
    for (int i = 0; i < fx->n_values; i++)
        if (!(fx->flags & IS_CONDITIONAL))
            pl->value[fx->value[i].dst] = fresh[i];
}

/* ---- memory operands ---- */

static struct sum address_of(const struct placer *pl, const struct insn *insn, int i)
{
    const struct effect_mem *m = &insn->fx.mem[i];
    struct sum at = value_of(pl, m->base);
    if (m->base == NO_UNIT) {
        struct effects other = moved(pl, insn);
        at = number(0);
        at.relative = other.n_mem > i && other.mem[i].disp != m->disp;
    }
    at = plus(at, number(m->disp), 1);
    return m->index == NO_UNIT ? at : plus(at, value_of(pl, m->index), m->scale);
}

static bool add_literal(struct placer *pl, int32_t k, uint64_t address, uint32_t size)
{
    struct placement *p = pl->p;
    const struct sequence *s = pl->s;
    uint64_t start = s->cfg->func.entry + sequence_at(s, 0)->offset,
             end = s->cfg->func.entry + sequence_at(s, s->n - 1)->end;
    const uint8_t *bytes = s->cfg->around->constant(s->cfg->around->context, address, size);
    for (int i = 0; i < p->n_literals; i++)
        if (p->literal[i].address == address && p->literal[i].size == size)
            return true;
    if (!bytes || address < end + CASE_TAIL || address + size > start + LITERAL_REACH ||
        p->n_literals == MAX_LITERALS)
        return bad(pl, k, "its literal lies too near or too far");
    p->literal[p->n_literals].address = address;
    p->literal[p->n_literals].size = size;
    p->literal[p->n_literals++].bytes = bytes;
    return true;
}

static bool check_constant(struct placer *pl, int32_t k, const struct effect_mem *m, const struct sum *at)
{
    int64_t first = (int64_t)(pl->s->cfg->func.entry + sequence_at(pl->s, 0)->offset), by = at->c - first;
    if (!at->relative)
        return (at->c >= lowest && at->c < highest) || bad(pl, k, "its address belongs to the probe");
    if (by > 0 && by < nearest && m->load && !m->store && at->b == NO_UNIT)
        return add_literal(pl, k, (uint64_t)at->c, m->size);
    return (by >= nearest && by < farthest) || (by < -2 * nearest && -by < farthest) ||
           bad(pl, k, "its data lies too near or too far from its code");
}

static bool add_access(struct placer *pl, int32_t k, int i, struct sum *load)
{
    const struct effect_mem *m = &sequence_at(pl->s, k)->fx.mem[i];
    struct sum at = address_of(pl, sequence_at(pl->s, k), i);
    if (m->size == 0)
        return bad(pl, k, "nobody knows how much memory it touches");
    if (at.kind == SUM_UNKNOWN)
        return bad(pl, k, "its address comes out of memory or arithmetic");
    if (at.kind == SUM_CONST) {
        at.c = of_width(pl, at.c);
        if (!check_constant(pl, k, m, &at))
            return false;
        *load = at.relative && m->load ? loaded(pl, (uint64_t)at.c, m->size) : unknown;
    }
    pl->access[pl->n_accesses++] = (struct access){k, m->size, at};
    return true;
}

static bool follow(struct placer *pl)
{
    for (int32_t k = 0; k < pl->s->n; k++) {
        const struct insn *insn = sequence_at(pl->s, k);
        struct sum load = unknown;
        for (int i = 0; i < insn->fx.n_mem; i++)
            if (!add_access(pl, k, i, &load))
                return false;
        step(pl, insn, load);
        const struct sum *sp = &pl->value[pl->arch->sp];
        if (sp->kind != SUM_ROOTS || sp->a != pl->arch->sp || sp->b != NO_UNIT)
            return bad(pl, k, "it moves SP by what nobody knows");
        if (sp->c > pl->sp_highest)
            pl->sp_highest = sp->c;
    }
    return true;
}

/* ---- solving ---- */

static int64_t offset_of(const struct access *a)
{
    int scale = a->address.scale ? a->address.scale : 1;
    return a->address.c + (a->address.b == NO_UNIT ? 0 : INDEX * scale);
}

static bool is_base(const struct placer *pl, int unit)
{
    for (int i = 0; i < pl->n_accesses; i++)
        if (pl->access[i].address.a == unit)
            return true;
    return false;
}

/* Of a sum of two registers, one is the index: the second, unless it is a pointer elsewhere. */
static bool find_indices(struct placer *pl)
{
    for (int i = 0; i < pl->n_accesses; i++) {
        struct sum *at = &pl->access[i].address;
        if (at->b == NO_UNIT)
            continue;
        if (at->b == at->a || at->b == pl->arch->sp || is_base(pl, at->b)) {
            int16_t a = at->a;
            if (at->scale != 1 || a == at->b || a == NO_UNIT || a == pl->arch->sp)
                return bad(pl, pl->access[i].insn, "its index is a pointer as well");
            at->a = at->b;
            at->b = a;
        }
        pl->is_index[at->b] = true;
    }
    for (int i = 0; i < pl->n_accesses; i++)
        if (pl->access[i].address.a != NO_UNIT && pl->is_index[pl->access[i].address.a])
            return bad(pl, pl->access[i].insn, "its index is a pointer as well");
    return true;
}

static void add_init(struct placement *p, int unit, enum place place, int64_t value)
{
    p->init[p->n_inits].unit = (int16_t)unit;
    p->init[p->n_inits].place = place;
    p->init[p->n_inits++].value = value;
}

/* SP begins lower where operands lie high in the frame, and where it goes up. */
static bool solve_sp(struct placer *pl, int64_t low, int64_t high, int32_t last)
{
    int64_t below = pl->sp_highest > 0 ? (pl->sp_highest + 15) & ~INT64_C(15) : 0;
    if (high - below > STACK_REACH)
        below = (high - STACK_REACH + 15) & ~INT64_C(15);
    if (below > MAX_FRAME || low - below < -STACK_REACH)
        return bad(pl, last, "its operands lie too far apart on the stack");
    if (below)
        add_init(pl->p, pl->arch->sp, PLACE_STACK, -below);
    return true;
}

/* The first operand is aligned as the arena is, the others at their distance from it. */
static bool solve_base(struct placer *pl, int unit, int64_t first, int64_t low, int64_t high, int32_t last)
{
    int64_t middle = ((low + high) / 2 - first) & ~INT64_C(15);
    if (high - low > 2 * ARENA_REACH - 32)
        return bad(pl, last, "its operands lie too far apart");
    add_init(pl->p, unit, PLACE_ARENA, -first - middle);
    return true;
}

static bool solve_unit(struct placer *pl, int unit)
{
    int64_t first = 0, low = 0, high = 0;
    int32_t last = 0;
    bool any = false;
    for (int i = 0; i < pl->n_accesses; i++) {
        const struct access *a = &pl->access[i];
        if (a->address.a != unit)
            continue;
        int64_t off = offset_of(a), end = off + a->size;
        first = any ? first : off;
        low = any && low < off ? low : off;
        high = any && high > end ? high : end;
        last = a->insn;
        any = true;
    }
    if (unit == pl->arch->sp)
        return any ? solve_sp(pl, low, high, last) : solve_sp(pl, pl->sp_highest, pl->sp_highest, last);
    return !any || solve_base(pl, unit, first, low, high, last);
}

static bool solve(struct placer *pl)
{
    if (!find_indices(pl))
        return false;
    for (int u = 0; u < pl->arch->n_units; u++) {
        if (pl->p->n_inits == MAX_INITS)
            return bad(pl, pl->s->n - 1, "it uses too many pointers");
        if (pl->is_index[u])
            add_init(pl->p, u, PLACE_VALUE, INDEX);
        else if (!solve_unit(pl, u))
            return false;
    }
    return true;
}

bool sequence_place(const struct sequence *s, struct placement *p)
{
    static _Thread_local struct placer pl;
    *p = (struct placement){0};
    pl = (struct placer){.s = s, .arch = s->cfg->arch, .p = p};
    for (int u = 0; u < pl.arch->n_units; u++)
        pl.value[u] = unit_in(&pl.arch->general, u) || u == pl.arch->sp
                          ? (struct sum){SUM_ROOTS, false, (int16_t)u, NO_UNIT, 1, 0}
                          : unknown;
    return follow(&pl) && solve(&pl);
}

int32_t sequence_runnable(const struct sequence *s, const char **why)
{
    *why = NULL;
    for (int32_t k = 0; k < s->n && !*why; k++) {
        const struct insn *insn = sequence_at(s, k);
        const uint8_t *bytes = s->cfg->func.code + insn->offset;
        if (insn->known != INSN_KNOWN)
            *why = "an instruction that nobody knows";
        else if (insn->fx.size % s->cfg->arch->target->case_quantum)
            *why = "an instruction that is shorter than those of cases";
        else if (insn->fx.flow != FLOW_NEXT)
            *why = "control leaves it";
        else if (insn->fx.flags & (IS_LL | IS_SC))
            *why = "a store-conditional fails after a signal";
        else if (insn->fx.flags & READS_TLS)
            *why = "it depends on the thread";
        else if (decoder_enters_kernel(s->decoder, bytes, insn->end - insn->offset, insn->fx.pc))
            *why = "a system call";
        else if (k > 0 && sequence_at(s, k - 1)->end != insn->offset)
            *why = "it is not straight";
        if (*why)
            return k;
    }
    return s->n;
}
