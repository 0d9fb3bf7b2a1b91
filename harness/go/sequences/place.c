/* Placing a sequence's memory operands (place.h): solves their addresses for the registers before the
 * sequence. */
#include "place.h"

#include "accesses.h"

/* clang-format off */
enum {
    ARENA_REACH = 448,    /* bytes from the arena's middle that operands may lie at; probe/state.h has 512 */
    STACK_REACH = 240,    /* bytes from SP at the entry; probe/state.h compares 256 */
    /* bytes that SP may begin lower than that: of a stack of 128 KB, which holds the injected call as well */
    MAX_FRAME = 0x1d000,
    INDEX = 16,           /* what index registers hold */
};
/* clang-format on */

struct placer {
    struct accesses a;
    bool is_index[MAX_UNITS];
};

static int64_t offset_of(const struct access *a)
{
    int scale = a->address.scale ? a->address.scale : 1;
    return a->address.c + (a->address.b == NO_UNIT ? 0 : INDEX * scale);
}

static bool is_base(const struct placer *pl, int unit)
{
    for (int i = 0; i < pl->a.n; i++)
        if (pl->a.list[i].address.a == unit)
            return true;
    return false;
}

/* Of a sum of two registers, one is the index: the second, unless it is a pointer elsewhere. */
static bool find_indices(struct placer *pl)
{
    for (int i = 0; i < pl->a.n; i++) {
        struct sum *at = &pl->a.list[i].address;
        if (at->b == NO_UNIT)
            continue;
        if (at->b == at->a || at->b == pl->a.arch->sp || is_base(pl, at->b)) {
            int16_t a = at->a;
            if (at->scale != 1 || a == at->b || a == NO_UNIT || a == pl->a.arch->sp)
                return access_refused(pl->a.p, pl->a.list[i].insn, "its index is also a pointer");
            at->a = at->b;
            at->b = a;
        }
        pl->is_index[at->b] = true;
    }
    for (int i = 0; i < pl->a.n; i++)
        if (pl->a.list[i].address.a != NO_UNIT && pl->is_index[pl->a.list[i].address.a])
            return access_refused(pl->a.p, pl->a.list[i].insn, "its index is also a pointer");
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
    int64_t below = pl->a.sp_highest > 0 ? (pl->a.sp_highest + 15) & ~INT64_C(15) : 0;
    if (high - below > STACK_REACH)
        below = (high - STACK_REACH + 15) & ~INT64_C(15);
    if (below > MAX_FRAME || low - below < -STACK_REACH)
        return access_refused(pl->a.p, last, "its operands lie too far apart on the stack");
    if (below)
        add_init(pl->a.p, pl->a.arch->sp, PLACE_STACK, -below);
    return true;
}

/* The first operand is aligned as the arena is, the others at their distance from it. */
static bool solve_base(struct placer *pl, int unit, int64_t first, int64_t low, int64_t high, int32_t last)
{
    int64_t middle = ((low + high) / 2 - first) & ~INT64_C(15);
    if (high - low > 2 * ARENA_REACH - 32)
        return access_refused(pl->a.p, last, "its operands lie too far apart");
    add_init(pl->a.p, unit, PLACE_ARENA, -first - middle);
    return true;
}

static bool solve_unit(struct placer *pl, int unit)
{
    int64_t first = 0, low = 0, high = 0;
    int32_t last = 0;
    bool any = false;
    for (int i = 0; i < pl->a.n; i++) {
        const struct access *a = &pl->a.list[i];
        if (a->address.a != unit)
            continue;
        int64_t off = offset_of(a), end = off + a->size;
        first = any ? first : off;
        low = any && low < off ? low : off;
        high = any && high > end ? high : end;
        last = a->insn;
        any = true;
    }
    if (unit == pl->a.arch->sp)
        return any ? solve_sp(pl, low, high, last) : solve_sp(pl, pl->a.sp_highest, pl->a.sp_highest, last);
    return !any || solve_base(pl, unit, first, low, high, last);
}

static bool solve(struct placer *pl)
{
    if (!find_indices(pl))
        return false;
    for (int u = 0; u < pl->a.arch->n_units; u++) {
        if (pl->a.p->n_inits == MAX_INITS)
            return access_refused(pl->a.p, pl->a.s->n - 1, "it uses too many pointers");
        if (pl->is_index[u])
            add_init(pl->a.p, u, PLACE_VALUE, INDEX);
        else if (!solve_unit(pl, u))
            return false;
    }
    return true;
}

bool sequence_place(const struct sequence *s, struct placement *p)
{
    static _Thread_local struct placer pl;
    *p = (struct placement){0};
    pl = (struct placer){.a = {.s = s, .arch = s->cfg->arch, .p = p}};
    return accesses_follow(&pl.a) && solve(&pl);
}
