/* The units of effects.h in a state, and random states. Relies on the architecture's register list alone. */
#ifndef EVERYPC_EFFECTS_UNITS_H
#define EVERYPC_EFFECTS_UNITS_H

#include "arch.h"
#include "cases.h"
#include "run.h"

struct unit {
    const char *reg;
    uint16_t offset;
    uint8_t part, size; /* bytes */
    uint8_t whole;      /* 4 or 8, if it is an aligned word of that size; else 0 */
    bool free;          /* unit_is_free() */
    enum reg_kind kind;
    uint64_t mask;
};

extern struct unit units[MAX_UNITS];
extern int n_units;

/* Once, before anything else; masks are narrowed to the bits that the header says. */
void units_begin(const struct effects_header *h);
void unit_put(struct state *s, int unit, uint64_t v);
/* What the unit's register, and which part of it, is called. */
const char *unit_label(int unit);
/* Whether instructions can be run with a value of ours in it: not REGTMP, which the way into a run changes,
 * nor the thread's. */
static inline bool unit_is_free(int unit)
{
    return units[unit].free;
}

/* These run more often than all the rest, and for an emulator each return is a search. */
typedef uint32_t __attribute__((may_alias)) half_word;
uint64_t unit_get_odd(const struct state *s, int unit);
static inline uint64_t unit_get(const struct state *s, int unit)
{
    const struct unit *u = &units[unit];
    if (u->whole == 8)
        return *(const word *)(s->bytes + u->offset) & u->mask;
    if (u->whole == 4)
        return *(const half_word *)(s->bytes + u->offset) & u->mask;
    return unit_get_odd(s, unit);
}

/* False may mean that they differ in bits that don't count. */
static inline bool unit_same(const struct state *a, const struct state *b, int unit)
{
    const struct unit *u = &units[unit];
    if (u->whole == 8)
        return *(const word *)(a->bytes + u->offset) == *(const word *)(b->bytes + u->offset);
    if (u->whole == 4)
        return *(const half_word *)(a->bytes + u->offset) == *(const half_word *)(b->bytes + u->offset);
    return unit_get_odd(a, unit) == unit_get_odd(b, unit);
}

/* A state number k to run the instruction from: memory operands point to the arena. */
void random_state(const struct effects_case *c, int k, struct state *s);
/* Gives the unit another value, fit for the same use; `k` and `turn` choose it. */
void change_unit(const struct effects_case *c, struct state *s, int unit, int k, int turn);
/* Whether a memory operand has it as its base or index. */
bool is_address(const struct effects *fx, int unit);

#endif
