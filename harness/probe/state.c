/* States: patterns, comparison, names. All from the one register list of the architecture. */
#include "state.h"

#include <stdio.h>
#include <string.h>

#include "maps.h"
#include "stack_check.h"

#define AS_STATE_REG(name, offset, size, kind, mask) {#name, offset, size, kind, (uint64_t)(mask)},
const struct state_reg state_regs[] = {ARCH_REGS(AS_STATE_REG)};
const int n_state_regs = sizeof state_regs / sizeof *state_regs;

/* Fence, arena, fence, stack, fence: what runs away from the arena or the stack comes to a fence before it
 * comes to anything else. The symbol g of cases is a cell of the arena; behind the arena lies everypc_thread.
 */
_Alignas(FENCE_SIZE) uint8_t everypc_memory[6 * FENCE_SIZE];
_Static_assert(FENCE_SIZE == 65536 && STACK_SIZE == 2 * FENCE_SIZE, "as in the lines below");
__asm__(
    ".globl everypc_arena, everypc_g, everypc_thread, everypc_stack_check, case_stack\n.set everypc_arena, "
    "everypc_memory + 65536\n"
    ".set everypc_g, everypc_memory + 65536 + 576\n.set everypc_thread, everypc_memory + 65536 + 4096\n"
    ".set everypc_stack_check, everypc_memory + 65536 + 8192\n.set case_stack, everypc_memory + 3 * 65536");
struct state everypc_garbage, everypc_snapshot;

static _Alignas(16) uint8_t canary[STACK_GUARD];
static struct state compare_mask;  /* a bit for each bit that counts */
static struct state garbage_mask;  /* and for each that the adversary turns over */
static struct state lost_mask;     /* the same of the registers that the platform loses */
static bool loses;                 /* any */
static struct state other_garbage; /* what the adversary gives to the rest: legal whatever the register is */
static struct state thread_regs;   /* what the C library's thread has in REG_THREAD */
static struct memory_pattern {
    bool made;
    uint64_t seed;
    uint8_t arena[ARENA_SIZE], stack[STACK_BELOW + STACK_ABOVE];
} patterns[ALL_STATES];
static const struct memory_pattern *filled = &patterns[0]; /* what the run under way began with */

uintptr_t entry_sp(void)
{
    return (uintptr_t)case_stack + STACK_SIZE - STACK_ABOVE - 256;
}

static uint64_t mix(uint64_t z)
{
    z += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static uint64_t hash(const char *text)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++)
        h = (h ^ (uint8_t)*text) * UINT64_C(0x100000001b3);
    return h;
}

/* Writes the low `size` bytes of v in the target's byte order. */
static void put(uint8_t *to, int size, uint64_t v)
{
    uint32_t v4 = (uint32_t)v;
    if (size == 4)
        memcpy(to, &v4, 4);
    else
        memcpy(to, &v, 8);
}

/* Bytes of a register from its byte j on that are written at once: 8, or the 4 that are left. */
static int chunk(const struct state_reg *r, int j)
{
    return r->size - j < 8 ? 4 : 8;
}

void state_begin(void)
{
    static struct state in, out;
    for (int k = 0; k < n_state_regs; k++) {
        const struct state_reg *r = &state_regs[k];
        if (r->kind == REG_TMP)
            continue;
        for (int j = 0; j < r->size; j += 8)
            put(compare_mask.bytes + r->offset + j, chunk(r, j), r->mask);
        if (r->kind != REG_THREAD)
            memcpy(garbage_mask.bytes + r->offset, compare_mask.bytes + r->offset, r->size);
    }
    /* A run of nothing shows what the thread's own registers hold. */
    for (int k = 0; k < n_state_regs; k++)
        if (state_regs[k].kind == REG_SP)
            put(in.bytes + state_regs[k].offset, state_regs[k].size, entry_sp());
    enter_case(&in, &out, (uintptr_t)case_leave);
    thread_regs = out;
    for (int k = 0; k < n_state_regs; k++) {
        const struct state_reg *r = &state_regs[k];
        uint8_t *g = other_garbage.bytes + r->offset;
        if (r->kind == REG_THREAD)
            memcpy(g, thread_regs.bytes + r->offset, r->size);
        else
            for (int j = 0; j < r->size; j += 8)
                put(g + j, chunk(r, j), (UINT64_C(0xdeadbeefbadc0de0) + (uint64_t)k * 17) & r->mask);
    }
    memset(canary, 0x5c, STACK_GUARD);
    memcpy(case_stack, canary, STACK_GUARD);
}

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
    if (r->kind != REG_GPR && r->kind != REG_FP)
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

/* What a general register holds in the states in which all hold the same; `random` is no register's own. */
static uint64_t common_value(const struct test_case *c, uint64_t random, int k)
{
    for (uint32_t i = 0; k == STATE_POINTERS && i < c->n_inits; i++)
        if (c->inits[i].kind == CASE_INIT_ARENA)
            return arena_pointer(&c->inits[i], k);
    return random;
}

void state_fill(struct state *s, const struct test_case *c, uint64_t seed, int k)
{
    uint64_t base = mix(seed * MAX_STATES + (uint64_t)k) ^ hash(c->name);
    for (int i = 0; i < n_state_regs; i++) {
        const struct state_reg *r = &state_regs[i];
        uint8_t *to = s->bytes + r->offset;
        if (r->kind == REG_SP)
            put(to, r->size, entry_sp());
        else if (r->kind == REG_THREAD)
            memcpy(to, thread_regs.bytes + r->offset, r->size);
        else if (r->kind == REG_ZERO)
            memset(to, 0, r->size);
        else
            for (int j = 0; j < r->size; j += 8)
                put(to + j, chunk(r, j), pattern(r, mix(base + (uint64_t)(i * 64 + j)), k));
        if (r->kind == REG_GPR && (k == STATE_EQUAL || k == STATE_POINTERS))
            put(to, chunk(r, 0), common_value(c, base, k) & r->mask);
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
            v += entry_sp();
        put(s->bytes + r->offset, chunk(r, 0), v);
    }
}

void state_turn_over(struct state *garbage, const struct state *interrupted)
{
    typedef unsigned long __attribute__((may_alias)) word;
    word *g = (word *)garbage;
    const word *in = (const word *)interrupted, *turned = (const word *)&garbage_mask,
               *other = (const word *)&other_garbage;
    for (size_t j = 0; j < STATE_SIZE / sizeof(word); j++)
        g[j] = (~in[j] & turned[j]) | (other[j] & ~turned[j]);
}

bool state_spare(const char *name)
{
    for (int k = 0; k < n_state_regs; k++) {
        if (strcmp(state_regs[k].name, name) != 0)
            continue;
        memset(garbage_mask.bytes + state_regs[k].offset, 0, state_regs[k].size);
        return true;
    }
    return false;
}

static uint8_t *stack_window(void)
{
    return (uint8_t *)entry_sp() - STACK_BELOW;
}

uint64_t pattern_word(uint64_t seed, int k, uintptr_t at)
{
    return mix(seed ^ ((uint64_t)k << 48) ^ at);
}

void memory_fill(uint64_t seed, int k)
{
    struct memory_pattern *p = &patterns[k];
    if (!p->made || p->seed != seed) {
        *p = (struct memory_pattern){.made = true, .seed = seed};
        for (int j = 0; j < ARENA_SIZE; j++)
            p->arena[j] = (uint8_t)mix(seed ^ (uint64_t)(k * 100003 + j));
        for (int j = 0; j < STACK_BELOW + STACK_ABOVE; j++)
            p->stack[j] = (uint8_t)mix(seed ^ (uint64_t)(k * 200003 + 50021 + j));
    }
    filled = p;
    stack_guard_raise();
    memcpy(everypc_arena, p->arena, sizeof p->arena);
    memcpy(stack_window(), p->stack, sizeof p->stack);
    thread_fill(k);
    maps_fill(seed, k);
}

void memory_capture(struct end_state *e)
{
    memcpy(e->arena, everypc_arena, ARENA_SIZE);
    memcpy(e->stack, stack_window(), sizeof e->stack);
    thread_capture(&e->thread);
    maps_capture();
}

void format_reg(const struct state_reg *r, const uint8_t *bytes, char *out, size_t n)
{
    const uint16_t one = 1;
    int little = *(const uint8_t *)&one;
    int at = snprintf(out, n, "%s=0x", r->name);
    for (int j = 0; j < r->size && at > 0 && (size_t)at < n; j++) {
        /* wide registers in the order of memory, eight bytes at a time in the target's order */
        int word = j / 8 * 8, width = r->size - word < 8 ? r->size - word : 8;
        int byte = little ? word + width - 1 - (j - word) : j;
        if (j > 0 && j % 8 == 0)
            at += snprintf(out + at, n - (size_t)at, "_");
        at += snprintf(out + at, n - (size_t)at, "%02x", bytes[byte]);
    }
}

/* memcmp of what is aligned alike, in words: an emulator takes 4 to 25 times as long for the C library's,
 * whose instructions it handles byte by byte or in helpers. */
static bool same_bytes(const uint8_t *a, const uint8_t *b, size_t n)
{
    typedef unsigned long __attribute__((may_alias)) word;
    enum { AT_ONCE = 8 * sizeof(word) };
    word differ = 0;
    for (; n > 0 && (uintptr_t)a % sizeof(word) != 0; n--)
        differ |= *a++ ^ *b++;
    for (; n >= AT_ONCE; n -= AT_ONCE, a += AT_ONCE, b += AT_ONCE) {
        const word *x = (const word *)a, *y = (const word *)b;
        differ |= (x[0] ^ y[0]) | (x[1] ^ y[1]) | (x[2] ^ y[2]) | (x[3] ^ y[3]) | (x[4] ^ y[4]) |
                  (x[5] ^ y[5]) | (x[6] ^ y[6]) | (x[7] ^ y[7]);
    }
    for (; n > 0; n--)
        differ |= *a++ ^ *b++;
    return differ == 0;
}

static bool masked_differ(int k, const struct state *a, const struct state *b, const struct state *mask)
{
    const struct state_reg *r = &state_regs[k];
    for (int j = r->offset; j < r->offset + r->size; j++)
        if (((a->bytes[j] ^ b->bytes[j]) & mask->bytes[j]) != 0)
            return true;
    return false;
}

/* The registers under a mask; the first one that differs is told. */
static bool masked_equal(const struct state *golden, const struct state *got, const struct state *mask,
                         struct state_diff *diff)
{
    bool same = true;
    for (size_t j = 0; j < STATE_SIZE && same; j += 8) {
        uint64_t a, b, m;
        memcpy(&a, golden->bytes + j, 8);
        memcpy(&b, got->bytes + j, 8);
        memcpy(&m, mask->bytes + j, 8);
        same = ((a ^ b) & m) == 0;
    }
    for (int k = 0; !same && k < n_state_regs; k++) {
        const struct state_reg *r = &state_regs[k];
        if (!masked_differ(k, golden, got, mask))
            continue;
        format_reg(r, golden->bytes + r->offset, diff->expected, sizeof diff->expected);
        format_reg(r, got->bytes + r->offset, diff->got, sizeof diff->got);
        return false;
    }
    return true;
}

static bool regs_equal(const struct state *golden, const struct state *got, struct state_diff *diff)
{
    return same_bytes(golden->bytes, got->bytes, STATE_SIZE) ||
           masked_equal(golden, got, &compare_mask, diff);
}

bool reg_counts(int k)
{
    static const struct state none;
    return masked_differ(k, &compare_mask, &none, &compare_mask);
}

bool reg_differs(int k, const struct state *a, const struct state *b)
{
    return masked_differ(k, a, b, &compare_mask);
}

void reg_difference(int k, const struct state *a, const struct state *b, uint8_t *bits)
{
    const struct state_reg *r = &state_regs[k];
    for (int j = 0; j < r->size; j++)
        bits[j] |= (a->bytes[r->offset + j] ^ b->bytes[r->offset + j]) & compare_mask.bytes[r->offset + j];
}

void state_lose(int k)
{
    const struct state_reg *r = &state_regs[k];
    memcpy(lost_mask.bytes + r->offset, compare_mask.bytes + r->offset, r->size);
    memset(compare_mask.bytes + r->offset, 0, r->size);
    loses = true;
}

bool reg_lost(int k)
{
    static const struct state none;
    return masked_differ(k, &lost_mask, &none, &lost_mask);
}

void state_keep(void)
{
    for (size_t k = 0; k < STATE_SIZE; k++) {
        compare_mask.bytes[k] |= lost_mask.bytes[k];
        lost_mask.bytes[k] = 0;
    }
    loses = false;
}

const struct end_state *golden_here(const struct golden *golden)
{
    return &golden->on[everypc_thread.on];
}

bool state_lost_equal(const struct golden *golden, const struct state *got, struct state_diff *diff)
{
    return !loses || masked_equal(&golden_here(golden)->regs, got, &lost_mask, diff);
}

/* With `initial`: what lies below the origin (the stack at entry) counts only where the golden run has
 * written; what a frame holds and nothing has written is nobody's. */
static bool memory_equal(const char *what, const uint8_t *golden, const uint8_t *got, int from, int n,
                         int origin, const uint8_t *initial, struct state_diff *diff)
{
    if (same_bytes(golden + from, got + from, (size_t)(n - from)))
        return true;
    for (int j = from; j < n; j++) {
        if (golden[j] == got[j] || (initial && j < origin && golden[j] == initial[j]))
            continue;
        snprintf(diff->expected, sizeof diff->expected, "%s%+d=0x%02x", what, j - origin, golden[j]);
        snprintf(diff->got, sizeof diff->got, "%s%+d=0x%02x", what, j - origin, got[j]);
        return false;
    }
    return true;
}

uintptr_t state_sp(const struct state *s)
{
    static int sp_reg;
    uintptr_t sp;
    while (state_regs[sp_reg].kind != REG_SP) /* every architecture has one */
        sp_reg++;
    memcpy(&sp, s->bytes + state_regs[sp_reg].offset, sizeof sp);
    return sp;
}

/* The final SP as an offset in the stack window, clipped to it. */
static int final_sp(const struct state *s)
{
    uintptr_t sp = state_sp(s), low = (uintptr_t)stack_window();
    if (sp < low)
        return 0;
    return sp - low > STACK_BELOW + STACK_ABOVE ? STACK_BELOW + STACK_ABOVE : (int)(sp - low);
}

static bool cell_equal(const char *what, uintptr_t golden, uintptr_t got, struct state_diff *diff)
{
    if (golden == got)
        return true;
    snprintf(diff->expected, sizeof diff->expected, "%s=0x%llx", what, (unsigned long long)golden);
    snprintf(diff->got, sizeof diff->got, "%s=0x%llx", what, (unsigned long long)got);
    return false;
}

static bool thread_equal(const struct thread_cells *golden, struct state_diff *diff)
{
    struct thread_cells now;
    thread_capture(&now);
    return cell_equal("thread", golden->block_g, now.block_g, diff) &&
           cell_equal("tlsg", golden->tls_g, now.tls_g, diff);
}

bool state_equal(const struct golden *on_threads, const struct state *got, struct state_diff *diff)
{
    const struct end_state *golden = golden_here(on_threads);
    return regs_equal(&golden->regs, got, diff) && thread_equal(&golden->thread, diff) &&
           memory_equal("arena", golden->arena, everypc_arena, 0, ARENA_SIZE, ARENA_SIZE / 2, NULL, diff) &&
           memory_equal("stack", golden->stack, stack_window(), final_sp(got), STACK_BELOW + STACK_ABOVE,
                        STACK_BELOW, filled->stack, diff) &&
           maps_equal(diff);
}

bool stack_guard_intact(void)
{
    return same_bytes(case_stack, canary, STACK_GUARD);
}
