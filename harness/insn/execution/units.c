/* Units and states. A register's values are of a few kinds, since an instruction shows what it reads only
 * where it makes a difference: equal registers for comparisons, small numbers for shifts and counts, reals
 * for floating point. */
#include "units.h"

#include <string.h>

#include "asm/splitmix.h"
#include "layout.h"

struct unit units[MAX_UNITS];
int n_units;
static struct state thread_regs;

static void add_units(const char *name, int offset, int size, enum reg_kind kind, uint64_t mask)
{
    int most = UNIT_BYTES(size, kind);
    for (int part = 0, at = 0; at < size; part++, at += most) {
        int bytes = size - at < most ? size - at : most;
        bool aligned = (bytes == 4 || bytes == 8) && (offset + at) % bytes == 0;
        units[n_units++] = (struct unit){
            .reg = name,
            .offset = (uint16_t)(offset + at),
            .part = (uint8_t)part,
            .size = (uint8_t)bytes,
            .whole = aligned ? (uint8_t)bytes : 0,
            .free = kind != REG_TMP && kind != REG_THREAD,
            .kind = kind,
            .mask = bytes < 8 ? mask & ~(~UINT64_C(0) << 8 * bytes) : mask,
        };
    }
}

/* Registers that this CPU does not have come back as zeros, whatever they are given: of them nothing counts.
 */
static void leave_out_lacking(struct state *in)
{
    static struct state out;
    for (int u = 0; u < n_units; u++)
        if (KIND_IS_FP(units[u].kind))
            unit_put(in, u, UINT64_C(0x3ff0000000000001) & units[u].mask);
    enter_case(in, &out, (uintptr_t)case_leave);
    for (int u = 0; u < n_units; u++)
        if (KIND_IS_FP(units[u].kind) && unit_get(&out, u) == 0)
            units[u].mask = 0;
}

void units_begin(const struct effects_header *h)
{
    static struct state in;
#define ADD_UNITS(name, offset, size, kind, mask) add_units(#name, offset, size, kind, (uint64_t)(mask));
    ARCH_REGS(ADD_UNITS)
    for (int u = 0; u < n_units; u++) {
        for (int i = 0; i < 2; i++)
            if (h->spoken[i].mask && h->spoken[i].unit == u)
                units[u].mask &= h->spoken[i].mask;
        if (units[u].kind == REG_SP)
            unit_put(&in, u, ARENA_AT + ARENA_SIZE / 2);
    }
    enter_case(&in, &thread_regs, (uintptr_t)case_leave);
    leave_out_lacking(&in);
}

/* A number for all of them, which differs where they do, but for one case in 2^64. */
static uint64_t get_wide(const struct state *s, const struct unit *u)
{
    uint64_t v = 0;
    for (int at = 0; at < u->size; at += 8)
        v = (v ^ *(const word *)(s->bytes + u->offset + at)) * UINT64_C(0x100000001b3) + (v >> 29);
    return v & u->mask;
}

static void put_wide(struct state *s, const struct unit *u, uint64_t v)
{
    for (int at = 0; at < u->size; at += 8)
        *(word *)(s->bytes + u->offset + at) = v * (2 * (uint64_t)at + 1);
}

/* Units are of 8 bytes, 4 (registers of 32 bits, halves of doubles), 2 to 4 (the ends of x87's and of
 * predicate registers), or several words (REG_UPPER). */
uint64_t unit_get_odd(const struct state *s, int unit)
{
    const struct unit *u = &units[unit];
    uint32_t v4;
    uint64_t v8 = 0;
    if (u->size > 8)
        return get_wide(s, u);
    memcpy(&v8, s->bytes + u->offset, u->size);
    memcpy(&v4, s->bytes + u->offset, 4);
    return (u->size == 4 ? v4 : v8) & u->mask;
}

void unit_put(struct state *s, int unit, uint64_t v)
{
    const struct unit *u = &units[unit];
    uint32_t v4 = (uint32_t)(v & u->mask);
    v &= u->mask;
    if (u->size > 8)
        put_wide(s, u, v);
    else if (u->whole == 8)
        *(word *)(s->bytes + u->offset) = v;
    else if (u->whole == 4)
        *(half_word *)(s->bytes + u->offset) = v4;
    else if (u->size == 4)
        memcpy(s->bytes + u->offset, &v4, 4);
    else
        memcpy(s->bytes + u->offset, &v, u->size);
}

const char *unit_label(int unit)
{
    static char label[4][40];
    static int next;
    char *out = label[next++ % 4];
    bool one = units[unit].part == 0 && (unit + 1 == n_units || units[unit + 1].part == 0);
    snprintf(out, sizeof label[0], one ? "%s" : "%s.%d", units[unit].reg, units[unit].part);
    return out;
}

/* ---- values ---- */

static uint64_t general_value(uint64_t *rng, int style)
{
    static const uint64_t edges[] = {
        0, 1, ~UINT64_C(0), UINT64_C(1) << 63, ~UINT64_C(0) >> 1, 0x80000000, 0x7fffffff, 0xffffffff};
    uint64_t random = splitmix64(rng);
    switch (style) {
    case 0:
        return random;
    case 1:
        return random & 15;
    case 2:
        return (uint64_t)(int32_t)random;
    case 3:
        return edges[random % 8];
    default:
        return random >> (random & 63);
    }
}

/* No denormals: whether they count as zero is FP control. An emulator takes its time for arithmetic on reals,
 * so none is done in vain. */
static uint64_t real_value(uint64_t *rng, int style)
{
    uint64_t random = splitmix64(rng), bits;
    if (style == 0)
        return random | UINT64_C(0x0080008000800080);
    if (style == 1 || style == 3) {
        float f[2] = {(float)(int16_t)random, (float)(int8_t)(random >> 16) + 0.25f};
        memcpy(&bits, f, 8);
        return style == 1 ? bits : bits | UINT64_C(0xffffffff00000000); /* a single boxed in a NaN */
    }
    double d = (double)(int32_t)random / 3;
    memcpy(&bits, &d, 8);
    return bits;
}

/* Out of the program's own image: a jump or a store there would go unseen, or worse. A jump must not get to
 * the highest page of 32 bits either, where Linux keeps arm's helpers. */
static uint64_t elsewhere(const struct effects *fx, uint64_t v)
{
    extern const char __executable_start[], _end[];
    bool jumps = fx->flow == FLOW_JUMP_REG || fx->flow == FLOW_CALL_REG || fx->flow == FLOW_RET;
    if ((uintptr_t)v - (uintptr_t)__executable_start < (uintptr_t)_end - (uintptr_t)__executable_start ||
        (jumps && (uint32_t)v >= 0xffff0000))
        v ^= 0x40000000;
    return v;
}

static uint64_t address_value(uint64_t *rng)
{
    return ARENA_AT + ARENA_SIZE / 4 + 16 * (splitmix64(rng) & 31);
}

bool is_address(const struct effects *fx, int unit)
{
    for (int i = 0; i < fx->n_mem; i++)
        if (fx->mem[i].base == unit || fx->mem[i].index == unit)
            return true;
    return false;
}

static void put_value(const struct effects_case *c, struct state *s, int unit, uint64_t *rng, int style)
{
    for (int i = 0; i < c->fx.n_mem; i++) {
        const struct effect_mem *m = &c->fx.mem[i];
        if (m->base == unit) {
            unit_put(s, unit, address_value(rng) - (uint64_t)m->disp);
            return;
        }
        if (m->index == unit) {
            unit_put(s, unit, 16 * (splitmix64(rng) & 15));
            return;
        }
    }
    switch (units[unit].kind) {
    case REG_SP:
        unit_put(s, unit, address_value(rng));
        break;
    case REG_FP:
    case REG_UPPER:
        unit_put(s, unit, real_value(rng, style % 4));
        break;
    case REG_THREAD:
        break;
    case REG_FLAGS:
    case REG_FPCTL:
        unit_put(s, unit, splitmix64(rng));
        break;
    default:
        unit_put(s, unit, elsewhere(&c->fx, general_value(rng, style % 5)));
        break;
    }
}

/* FP control as the CPU has it: some of its bits sum up others. */
static void settle_control(struct state *s)
{
    static struct state settled;
    enter_case(s, &settled, (uintptr_t)case_leave);
    for (int u = 0; u < n_units; u++)
        if (units[u].kind == REG_FPCTL)
            unit_put(s, u, unit_get(&settled, u));
}

void random_state(const struct effects_case *c, int k, struct state *s)
{
    uint64_t rng = splitmix_seed(1, k), equal = general_value(&rng, k % 4),
             equal_real = real_value(&rng, k / 8 % 4);
    *s = thread_regs;
    for (int u = 0; u < n_units; u++) {
        put_value(c, s, u, &rng, k < 5 ? k : (int)(splitmix64(&rng) & 15));
        if (k % 8 == 7 && units[u].kind == REG_GPR && !is_address(&c->fx, u))
            unit_put(s, u, equal);
        if (k % 8 == 7 && KIND_IS_FP(units[u].kind))
            unit_put(s, u, equal_real);
        if (k % 2 == 0 && units[u].kind == REG_FPCTL)
            unit_put(s, u, 0);
    }
    settle_control(s);
}

void change_unit(const struct effects_case *c, struct state *s, int unit, int k, int turn)
{
    uint64_t rng = splitmix_seed(2 + (uint64_t)turn, k * MAX_UNITS + unit), old = unit_get(s, unit);
    bool plain = units[unit].kind != REG_SP && !is_address(&c->fx, unit);
    if (plain && turn == 0)
        unit_put(s, unit, units[unit].kind == REG_GPR ? elsewhere(&c->fx, ~old) : ~old);
    for (int tries = 0; tries < 8 && unit_get(s, unit) == old; tries++)
        put_value(c, s, unit, &rng, turn + tries);
}
