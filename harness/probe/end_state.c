/* Memory before a run, and what a run ends with: see end_state.h. */
#include "end_state.h"

#include <stdio.h>
#include <string.h>

#include "initial_state.h"
#include "maps.h"
#include "pattern.h"
#include "stack_check.h"

static _Alignas(16) uint8_t canary[STACK_CANARY];
static struct memory_pattern {
    bool made;
    uint64_t seed;
    uint8_t arena[ARENA_SIZE], stack[STACK_BELOW + STACK_ABOVE];
} patterns[ALL_STATES];
static const struct memory_pattern *filled = &patterns[0]; /* what the run under way began with */
static uint8_t *window; /* where the part of the stack begins that belongs to its case */

void memory_begin(void)
{
    memset(canary, 0x5c, STACK_CANARY);
    memcpy(case_stack, canary, STACK_CANARY);
}

void memory_fill(const struct test_case *c, uint64_t seed, int k)
{
    struct memory_pattern *p = &patterns[k];
    if (!p->made || p->seed != seed) {
        *p = (struct memory_pattern){.made = true, .seed = seed};
        for (int j = 0; j < ARENA_SIZE; j++)
            p->arena[j] = (uint8_t)pattern_mix(seed ^ (uint64_t)(k * 100003 + j));
        for (int j = 0; j < STACK_BELOW + STACK_ABOVE; j++)
            p->stack[j] = (uint8_t)pattern_mix(seed ^ (uint64_t)(k * 200003 + 50021 + j));
    }
    filled = p;
    window = (uint8_t *)state_entry_sp(c, k) - STACK_BELOW;
    stack_guard_raise();
    memcpy(everypc_arena, p->arena, sizeof p->arena);
    memcpy(window, p->stack, sizeof p->stack);
    thread_fill(k);
    maps_fill(seed, k);
}

void memory_capture(struct end_state *e)
{
    memcpy(e->arena, everypc_arena, ARENA_SIZE);
    memcpy(e->stack, window, sizeof e->stack);
    thread_capture(&e->thread);
    maps_capture();
}

const struct end_state *golden_here(const struct golden *golden)
{
    return &golden->on[everypc_thread.on];
}

bool state_lost_equal(const struct golden *golden, const struct state *got, struct state_diff *diff)
{
    return lost_regs_equal(&golden_here(golden)->regs, got, diff);
}

/* With `initial`: what lies below the origin (the stack at entry) counts only where the golden run has
 * written; what a frame holds and nothing has written does not count. */
static bool byte_differs(const uint8_t *golden, const uint8_t *got, int j, int origin, const uint8_t *initial)
{
    return golden[j] != got[j] && !(initial && j < origin && golden[j] == initial[j]);
}

static bool memory_equal(const char *what, const uint8_t *golden, const uint8_t *got, int from, int n,
                         int origin, const uint8_t *initial, struct state_diff *diff)
{
    if (same_bytes(golden + from, got + from, (size_t)(n - from)))
        return true;
    for (int j = from; j < n; j++) {
        if (!byte_differs(golden, got, j, origin, initial))
            continue;
        snprintf(diff->expected, sizeof diff->expected, "%s%+d=0x%02x", what, j - origin, golden[j]);
        snprintf(diff->got, sizeof diff->got, "%s%+d=0x%02x", what, j - origin, got[j]);
        return false;
    }
    return true;
}

/* The final SP as an offset in the stack window, clipped to it. */
static int final_sp(const struct state *s)
{
    uintptr_t sp = state_sp(s), low = (uintptr_t)window;
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

/* The words of both blocks. What the case does to a word it may have done on either thread; or, a counter,
 * partly on each. */
static bool thread_words_equal(const struct golden *golden, const struct thread_cells *now,
                               struct state_diff *diff)
{
    int on = (int)everypc_thread.on, other = !on;
    if (same_bytes((const uint8_t *)golden->on[on].thread.word, (const uint8_t *)now->word, sizeof now->word))
        return true;
    for (int w = 1; w < THREAD_WORDS; w++) {
        uintptr_t begun = thread_word(on, w), begun_there = thread_word(other, w);
        uintptr_t here = now->word[on][w], there = now->word[other][w];
        uintptr_t right = golden->on[on].thread.word[on][w],
                  right_there = golden->on[other].thread.word[other][w];
        if ((here == right && there == begun_there) || (here == begun && there == right_there) ||
            here - begun + (there - begun_there) == right - begun)
            continue;
        char what[32];
        snprintf(what, sizeof what, "thread%+d", w * (int)sizeof(uintptr_t));
        return cell_equal(what, right, here, diff);
    }
    return true;
}

static bool thread_equal(const struct golden *on_threads, struct state_diff *diff)
{
    const struct thread_cells *golden = &golden_here(on_threads)->thread;
    struct thread_cells now;
    thread_capture(&now);
    if (now.stale && !golden->stale) {
        snprintf(diff->expected, sizeof diff->expected, "the block of a thread left behind untouched");
        snprintf(diff->got, sizeof diff->got, "a store to it");
        return false;
    }
    return cell_equal("thread", golden->block_g, now.block_g, diff) &&
           cell_equal("tlsg", golden->tls_g, now.tls_g, diff) && thread_words_equal(on_threads, &now, diff);
}

static bool equal(const struct golden *on_threads, const struct state *got, struct state_diff *diff)
{
    const struct end_state *golden = golden_here(on_threads);
    return regs_equal(&golden->regs, got, diff) && thread_equal(on_threads, diff) &&
           memory_equal("arena", golden->arena, everypc_arena, 0, ARENA_SIZE, ARENA_SIZE / 2, NULL, diff) &&
           memory_equal("stack", golden->stack, window, final_sp(got), STACK_BELOW + STACK_ABOVE, STACK_BELOW,
                        filled->stack, diff) &&
           maps_equal(diff);
}

static state_observer *observer;

void state_observe(state_observer *o)
{
    observer = o;
}

bool state_as_golden(const struct golden *golden, const struct state *got)
{
    struct state_diff unread;
    return equal(golden, got, &unread);
}

bool state_equal(const struct golden *golden, const struct state *got, struct state_diff *diff)
{
    if (equal(golden, got, diff))
        return true;
    if (observer)
        observer(golden, got);
    return false;
}

/* ---- all differences ---- */

/* "x2=0x12" without the name. */
static void value_text(char *text)
{
    char *value = strchr(text, '=');
    if (value)
        memmove(text, value + 1, strlen(value));
}

static void reg_differences(const struct state *golden, const struct state *got,
                            void (*take)(const struct differing *))
{
    for (int k = 0; k < n_state_regs; k++) {
        const struct state_reg *r = &state_regs[k];
        struct differing d;
        static struct state bits;
        if (!reg_differs(k, golden, got))
            continue;
        memset(bits.bytes, 0, r->size);
        reg_difference(k, golden, got, bits.bytes);
        snprintf(d.what, sizeof d.what, "%s", r->name);
        format_reg(r, golden->bytes + r->offset, d.expected, sizeof d.expected);
        format_reg(r, got->bytes + r->offset, d.got, sizeof d.got);
        format_reg(r, bits.bytes, d.bits, sizeof d.bits);
        value_text(d.expected);
        value_text(d.got);
        value_text(d.bits);
        take(&d);
    }
}

/* Runs of bytes that differ, of 16 at most. */
static void memory_differences(const char *what, const uint8_t *golden, const uint8_t *got, int from, int n,
                               int origin, const uint8_t *initial, void (*take)(const struct differing *))
{
    enum { RUN = 16 };
    for (int j = from; j < n; j++) {
        struct differing d = {.expected = "0x", .got = "0x", .bits = "0x"};
        snprintf(d.what, sizeof d.what, "%s%+d", what, j - origin);
        int at = 2;
        for (; j < n && at < 2 + 2 * RUN && byte_differs(golden, got, j, origin, initial); j++, at += 2) {
            snprintf(d.expected + at, 3, "%02x", golden[j]);
            snprintf(d.got + at, 3, "%02x", got[j]);
            snprintf(d.bits + at, 3, "%02x", golden[j] ^ got[j]);
        }
        if (at > 2) {
            take(&d);
            j--;
        }
    }
}

static void text_difference(const struct state_diff *diff, void (*take)(const struct differing *))
{
    struct differing d = {.bits = ""};
    const char *value = strchr(diff->expected, '=');
    snprintf(d.what, sizeof d.what, "%.*s", value ? (int)(value - diff->expected) : 6,
             value ? diff->expected : "memory");
    snprintf(d.expected, sizeof d.expected, "%s", diff->expected);
    snprintf(d.got, sizeof d.got, "%s", diff->got);
    if (value) {
        value_text(d.expected);
        value_text(d.got);
    }
    take(&d);
}

void state_differences(const struct golden *on_threads, const struct state *got,
                       void (*take)(const struct differing *))
{
    const struct end_state *golden = golden_here(on_threads);
    struct state_diff diff;
    reg_differences(&golden->regs, got, take);
    if (!thread_equal(on_threads, &diff))
        text_difference(&diff, take);
    memory_differences("arena", golden->arena, everypc_arena, 0, ARENA_SIZE, ARENA_SIZE / 2, NULL, take);
    memory_differences("stack", golden->stack, window, final_sp(got), STACK_BELOW + STACK_ABOVE, STACK_BELOW,
                       filled->stack, take);
    if (!maps_equal(&diff))
        text_difference(&diff, take);
}

bool stack_canary_intact(void)
{
    return same_bytes(case_stack, canary, STACK_CANARY);
}
