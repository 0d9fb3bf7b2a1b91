/* Abstract programs: drawing them. */
#include "abstract.h"

#include <assert.h>
#include <string.h>

#include "splitmix.h"

#define ABSTRACT_INFO(op, name, operands, widths) [op] = {name, operands, widths},
const struct abstract_opinfo abstract_info[ABSTRACT_N_OPCODES] = {ABSTRACT_OPS(ABSTRACT_INFO)};

int abstract_cell_offset(int width, int cell)
{
    static const int words[ABSTRACT_CELLS] = {-400, -256, -132, -4, 4, 124, 252, 400};
    static const int longs[ABSTRACT_CELLS] = {-384, -248, -128, -16, 8, 128, 256, 392};
    return width == 32 ? words[cell] : longs[cell];
}

struct author {
    struct abstract *p;
    uint64_t random;
    uint32_t cells[2]; /* the cells that were surely written before, of 32 and of 64 bits */
    int labels;
};

static int below(struct author *g, int n)
{
    return splitmix_below(&g->random, n);
}

static struct abstract_op *add(struct author *g, enum abstract_opcode op, int width)
{
    assert(g->p->n_ops < ABSTRACT_MAX_OPS);
    struct abstract_op *o = &g->p->op[g->p->n_ops++];
    *o = (struct abstract_op){.op = op, .width = width};
    return o;
}

/* A constant of up to 32 bits, sign-extended, of a size that some target's immediates end at. */
static int64_t constant(struct author *g)
{
    static const int sizes[] = {1, 4, 7, 8, 9, 11, 12, 13, 15, 16, 17, 19, 20, 24, 31, 32};
    int size = sizes[below(g, sizeof sizes / sizeof *sizes)];
    uint64_t most = (UINT64_C(1) << size) - 1, v;
    switch (below(g, 4)) {
    case 0:
        v = most;
        break;
    case 1:
        v = most + 1;
        break;
    default:
        v = splitmix64(&g->random) & most;
        break;
    }
    if (below(g, 4) == 0)
        v <<= 4 * (1 + below(g, 4));
    if (below(g, 3) == 0)
        v = 0 - v;
    return (int64_t)abstract_extend(v, 32);
}

/* An initial value: random bits, or one that has something to do with another. */
static uint64_t initial(struct author *g, uint64_t previous)
{
    switch (below(g, 6)) {
    case 0:
        return (uint64_t)constant(g);
    case 1:
        return previous;
    case 2:
        return 0 - previous;
    default:
        return splitmix64(&g->random);
    }
}

static void pick_vars(struct author *g, struct abstract_op *o)
{
    o->a = below(g, ABSTRACT_VARS);
    o->b = below(g, ABSTRACT_VARS);
    o->d = below(g, ABSTRACT_VARS);
}

/* A load comes behind a store to its cell. */
static void memory(struct author *g, enum abstract_opcode op, int width)
{
    uint32_t *written = &g->cells[width == 64];
    if (op == AB_LOAD && !*written)
        memory(g, AB_STORE, width);
    struct abstract_op *o = add(g, op, width);
    pick_vars(g, o);
    o->reach = below(g, 1 << 16);
    do
        o->cell = below(g, ABSTRACT_CELLS);
    while (op == AB_LOAD && !(*written >> o->cell & 1));
    *written |= 1u << o->cell;
}

/* An operation that goes straight on. */
static void straight_op(struct author *g, enum abstract_opcode op, int width)
{
    if (op == AB_LOAD || op == AB_STORE) {
        memory(g, op, width);
        return;
    }
    struct abstract_op *o = add(g, op, width);
    pick_vars(g, o);
    if (op == AB_SHL || op == AB_SHR || op == AB_SAR)
        o->k = 1 + below(g, width - 1);
    else if (op == AB_BIG)
        o->k = (int64_t)splitmix64(&g->random);
    else
        o->k = constant(g);
}

static void straight(struct author *g, int width)
{
    enum abstract_opcode op;
    do
        op = below(g, 4) ? (enum abstract_opcode)below(g, AB_LOAD) : below(g, 2) ? AB_LOAD : AB_STORE;
    while (abstract_info[op].widths == AB_64 && width == 32);
    straight_op(g, op, width);
}

static int any_width(struct author *g)
{
    return below(g, 3) ? 32 : 64;
}

static void lowest_bit(struct author *g, int width, int var)
{
    struct abstract_op *o = add(g, AB_ANDK, width);
    o->a = o->d = var;
    o->k = 1;
}

/* A branch over some operations. A 32-bit one stands over at least one of 32 bits, so that it jumps over
 * something where the others are dropped; a 64-bit one over its like only, so that nothing of 32 bits depends
 * on it. */
static void branch_op(struct author *g, enum abstract_opcode op, int width)
{
    uint32_t before[2] = {g->cells[0], g->cells[1]};
    int a = below(g, ABSTRACT_VARS), b = (a + 1 + below(g, ABSTRACT_VARS - 1)) % ABSTRACT_VARS;
    if (op == AB_BEQ || op == AB_BNE) { /* of the variables' lowest bits, which are as often equal as not */
        lowest_bit(g, width, a);
        lowest_bit(g, width, b);
    }
    struct abstract_op *o = add(g, op, width);
    o->a = a;
    o->b = b;
    o->k = constant(g);
    int label = o->label = g->labels++;
    straight(g, width);
    for (int n = below(g, 3); n > 0; n--)
        straight(g, width == 64 ? 64 : any_width(g));
    add(g, AB_JOIN, width)->label = label;
    memcpy(g->cells, before, sizeof before);
}

static void branch(struct author *g)
{
    branch_op(g, (enum abstract_opcode)(AB_BEQ + below(g, AB_BGEK - AB_BEQ + 1)), any_width(g));
}

/* Two operations of 32 bits at least, so that there is always room for a pin and another PC. */
static void loop(struct author *g)
{
    struct abstract_op *o = add(g, AB_LOOP, 32);
    int label = o->label = g->labels++;
    o->k = 2 + below(g, 3);
    straight(g, 32);
    for (int n = 1 + below(g, 3); n > 0; n--) {
        if (below(g, 3) == 0)
            branch(g);
        else
            straight(g, any_width(g));
    }
    straight(g, 32);
    add(g, AB_END, 32)->label = label;
}

static enum abstract_opcode opposite(enum abstract_opcode op)
{
    return (enum abstract_opcode)(AB_BEQ + ((op - AB_BEQ) ^ 1));
}

/* The first operation that no set of initial values reaches, or -1. */
static int unreached(const struct abstract *p)
{
    struct abstract_end end[ABSTRACT_VARIANTS];
    for (int v = 0; v < ABSTRACT_VARIANTS; v++)
        abstract_run(p, v, false, &end[v]);
    for (int k = 0; k < p->n_ops; k++) {
        bool reached = false;
        for (int v = 0; v < ABSTRACT_VARIANTS; v++)
            reached |= end[v].reached[k] > 0;
        if (!reached)
            return k;
    }
    return -1;
}

/* Turns branches over until all operations are reached; false if that does not come to an end. */
static bool open_up(struct abstract *p)
{
    int k = 0;
    for (int tries = 0; tries < 32 && (k = unreached(p)) > 0; tries++)
        p->op[k - 1].op = opposite(p->op[k - 1].op); /* what is not reached lies behind a branch that is */
    return k < 0;
}

/* Adds operation number n of all widths, counted round and round: the programs of a seed end with one after
 * the other, so that none is missing, nor its result overwritten. */
static void feature(struct author *g, int n)
{
    for (int op = 0;; op = (op + 1) % AB_JOIN)
        for (int width = abstract_info[op].widths == AB_64 ? 64 : 32; width <= 64; width += 32) {
            if (n-- > 0)
                continue;
            if (abstract_is_branch((enum abstract_opcode)op))
                branch_op(g, (enum abstract_opcode)op, width);
            else
                straight_op(g, (enum abstract_opcode)op, width);
            return;
        }
}

static void draw(struct author *g, int k)
{
    enum { MIN_OPS = 6, MAX_OPS = 14 };
    struct abstract *p = g->p;
    int length = MIN_OPS + below(g, MAX_OPS - MIN_OPS + 1);
    *p = (struct abstract){.n_ops = 0};
    g->cells[0] = g->cells[1] = 0;
    g->labels = 0;
    for (int v = 0; v < ABSTRACT_VARIANTS; v++)
        for (int j = 0; j < ABSTRACT_VARS; j++) {
            p->w[v][j] = (uint32_t)initial(g, j ? p->w[v][j - 1] : 1);
            p->x[v][j] = initial(g, j ? p->x[v][j - 1] : 1);
        }
    while (p->n_ops < length) {
        int kind = below(g, 10);
        if (kind == 0)
            loop(g);
        else if (kind <= 2)
            branch(g);
        else
            straight(g, any_width(g));
    }
    straight(g, 32); /* whatever else is dropped */
    feature(g, 2 * k);
    feature(g, 2 * k + 1);
}

void abstract_generate(uint64_t seed, int k, struct abstract *p)
{
    struct author g = {.p = p, .random = splitmix_seed(seed, k)};
    do
        draw(&g, k);
    while (p->n_ops > ABSTRACT_LENGTH || !open_up(p));
}
