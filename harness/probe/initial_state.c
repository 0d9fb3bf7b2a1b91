/* Initial registers: patterns, and what the case sets itself. All from the architecture's one register list.
 */
#include "initial_state.h"

#include <string.h>

#include "case_memory.h"
#include "in_page.h"
#include "pattern.h"
#include "registers.h"
#include "ticker.h"

/* Values that expose sign, carry and aliasing faults. */
static uint64_t edge(uint64_t random)
{
    /* clang-format off */
    static const uint64_t values[] = {
        0, 1, UINT64_MAX, UINT64_C(0x8000000000000000), UINT64_C(0x7fffffffffffffff), 0x80000000, 0x7fffffff,
        0xffffffff, UINT64_C(0xffffffff80000000), 0x8000, 0x7fff, UINT64_C(0x0101010101010101), 2, 0xff,
    };
    /* clang-format on */
    return values[random % (sizeof values / sizeof *values)];
}

static uint64_t pattern(const struct state_reg *r, uint64_t random, int k)
{
    static const uint64_t reals[] = {/* 1, -2.5, 1e300, denormal, inf, 3 */
                                     UINT64_C(0x3ff0000000000000), UINT64_C(0xc004000000000000),
                                     UINT64_C(0x7e37e43c8800759c), 1,
                                     UINT64_C(0x7ff0000000000000), UINT64_C(0x4008000000000000)};
#ifdef ARCH_CLEAR_AT_ENTRY
    if (r->kind == REG_FLAGS)
        random &= ~(uint64_t)ARCH_CLEAR_AT_ENTRY;
#endif
    if (r->kind != REG_GPR && !KIND_IS_FP(r->kind))
        return random & r->mask;
    if (k == STATE_ZERO)
        return 0;
    if (k == STATE_SIGN)
        return UINT64_C(0x8000000080000000);
    if (k >= MAX_STATES || k % 2 == 0)
        return random;
    return r->kind == REG_GPR ? edge(random) : reals[random % (sizeof reals / sizeof *reals)];
}

/* Not of the thread or the stack guard, which lie behind the arena. */
static bool is_arena_pointer(const struct case_init *n)
{
    int64_t offset = (int64_t)((uint64_t)n->high << 32 | n->low);
    return n->kind == CASE_INIT_ARENA && offset >= -ARENA_SIZE / 2 && offset < ARENA_SIZE / 2;
}

static uintptr_t arena_pointer(const struct case_init *n, int k)
{
    int off = k < STATE_UNALIGNED_1 || !is_arena_pointer(n) ? 0 : 1 << (k - STATE_UNALIGNED_1);
    return (uintptr_t)everypc_arena + ARENA_SIZE / 2 + (uintptr_t)((uint64_t)n->high << 32 | n->low) +
           (uintptr_t)off;
}

bool state_is_unaligned(const struct test_case *c, int k)
{
    for (uint32_t i = 0; k >= STATE_UNALIGNED_1 && i < c->n_inits; i++)
        if (is_arena_pointer(&c->inits[i]))
            return true;
    return false;
}

/* What a general register holds in the states in which all hold the same; `random` belongs to none of them.
 */
static uint64_t common_value(const struct test_case *c, uint64_t random, int k)
{
    for (uint32_t i = 0; k == STATE_POINTERS && i < c->n_inits; i++)
        if (c->inits[i].kind == CASE_INIT_ARENA)
            return arena_pointer(&c->inits[i], k);
    return random;
}

/* Of the case's name; kept, as it is asked for at every shot. */
static uint64_t name_hash(const struct test_case *c)
{
    static const char *of;
    static uint64_t hash;
    if (of != c->name)
        hash = pattern_hash(of = c->name);
    return hash;
}

uintptr_t state_entry_sp(const struct test_case *c, int k)
{
    uint64_t random = pattern_mix(name_hash(c) + (uint64_t)k);
    uint32_t steps = (uint32_t)(random % (SP_RESIDUES / ARCH_STACK_ALIGN));
    if (k == 0 || random >> 62 != 0)
        steps |= 1;
    return entry_sp(steps * ARCH_STACK_ALIGN);
}

IN_PAGE(2048) void state_fill(struct state *s, const struct test_case *c, uint64_t seed, int k)
{
    uint64_t base = pattern_mix(seed * MAX_STATES + (uint64_t)k) ^ name_hash(c);
    for (int i = 0; i < n_state_regs; i++) {
        const struct state_reg *r = &state_regs[i];
        uint8_t *to = s->bytes + r->offset;
        if (r->kind == REG_SP)
            reg_put(to, r->size, state_entry_sp(c, k));
        else if (r->kind == REG_THREAD)
            memcpy(to, thread_registers()->bytes + r->offset, r->size);
        else if (r->kind == REG_ZERO)
            memset(to, 0, r->size);
        else
            for (int j = 0; j < r->size; j += 8)
                reg_put(to + j, reg_chunk(r, j), pattern(r, pattern_mix(base + (uint64_t)(i * 64 + j)), k));
        if (r->kind == REG_GPR && (k == STATE_EQUAL || k == STATE_POINTERS))
            reg_put(to, reg_chunk(r, 0), common_value(c, base, k) & r->mask);
    }
    for (uint32_t i = 0; i < c->n_inits; i++) {
        const struct case_init *n = &c->inits[i];
        if (n->variant && n->variant - 1 != (uint32_t)k % CASE_VARIANTS)
            continue;
        const struct state_reg *r = &state_regs[n->reg];
        uint64_t v = (uint64_t)n->high << 32 | n->low;
        if (n->kind == CASE_INIT_ARENA)
            v = arena_pointer(n, k);
        else if (n->kind == CASE_INIT_LEAVE)
            v += (uintptr_t)case_leave;
        else if (n->kind == CASE_INIT_STACK)
            v += state_entry_sp(c, k);
        else if (n->kind == CASE_INIT_TICKER)
            v += (uint64_t)ticker_start();
        reg_put(s->bytes + r->offset, reg_chunk(r, 0), v);
    }
}
