/* The adversary held against a stub that keeps nothing: see thorough.h. */
#include "thorough.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "adversary.h"
#include "arch.h"
#include "events.h"
#include "case_memory.h"
#include "fire.h"
#include "frame_check.h"
#include "platform.h"
#include "registers.h"
#include "run.h"

#define AS_SPARED(name, from, mask, sparing, why) {name, from, (uint64_t)(mask), sparing, why},
static const struct spared {
    const char *name;
    int from; /* bytes */
    uint64_t mask;
    enum sparing sparing;
    const char *why;
} listed[] = {ARCH_SPARED(AS_SPARED)};
enum { N_LISTED = sizeof listed / sizeof *listed };

static struct run r;

static void fail(const char *expected, const char *why, const char *got)
{
    struct verdict v = {.oracle = ORACLE_PLATFORM};
    snprintf(v.expected, sizeof v.expected, "%s%s%s", expected, *why ? ": " : "", why);
    snprintf(v.got, sizeof v.got, "%s", got);
    r.platform_failed = false; /* of each register */
    run_fail(&r, 0, 1, &v);
}

/* ---- registers ---- */

/* Sets the bits of a mask in the bytes of a register from `from` on, in the target's order; only such as
 * count. */
static void add_bits(struct state *to, const struct state_reg *reg, int from, uint64_t mask)
{
    mask &= reg->mask;
    uint32_t mask4 = (uint32_t)mask;
    uint8_t bytes[8];
    if (reg->size == 4)
        memcpy(bytes, &mask4, 4);
    else
        memcpy(bytes, &mask, 8);
    for (int j = from; j < reg->size; j++)
        to->bytes[reg->offset + j] |= bytes[j % 8];
}

static bool is_named(const struct state_reg *reg, const char *name)
{
    size_t n = strlen(name);
    if (strncmp(reg->name, name, n) != 0)
        return false;
    const char *number = reg->name + n;
    return number[strspn(number, "0123456789")] == '\0' &&
           (*number == '\0' || !isdigit((unsigned char)name[n - 1]));
}

/* The bits of a register that are listed as such, and why the first of them are. */
static struct state bits_listed(const struct state_reg *reg, enum sparing sparing, const char **why)
{
    struct state bits = {{0}};
    *why = NULL;
    for (int k = 0; k < N_LISTED; k++) {
        if (listed[k].sparing != sparing || !is_named(reg, listed[k].name))
            continue;
        add_bits(&bits, reg, listed[k].from, listed[k].mask);
        *why = *why ? *why : listed[k].why;
    }
    return bits;
}

/* Whether all bits of a in this register are also in b. */
static bool is_in(const struct state_reg *reg, const struct state *a, const struct state *b)
{
    for (int j = reg->offset; j < reg->offset + reg->size; j++)
        if (a->bytes[j] & ~b->bytes[j])
            return false;
    return true;
}

static const struct state none;

/* Holds what stayed of a register, a bit for each, against the list. */
static void judge_reg(const struct state_reg *reg, const struct state *stayed, bool *spared, bool *lacking)
{
    const char *why, *cpu;
    struct state always = bits_listed(reg, SPARED, &why), by_cpu = bits_listed(reg, BY_CPU, &cpu);
    struct state wrong = none;
    *spared = why != NULL;
    *lacking = !is_in(reg, &by_cpu, &none) && is_in(reg, &by_cpu, stayed);
    for (int j = reg->offset; j < reg->offset + reg->size; j++) {
        uint8_t right = always.bytes[j] | (*lacking ? by_cpu.bytes[j] : 0);
        wrong.bytes[j] = stayed->bytes[j] ^ right;
    }
    char bits[96], got[128];
    format_reg(reg, wrong.bytes + reg->offset, bits, sizeof bits);
    if (!is_in(reg, &wrong, stayed)) {
        snprintf(got, sizeof got, "the adversary turns over %.96s", bits);
        fail("a bit that is listed as spared stays", why ? why : "", got);
    } else if (!is_in(reg, &wrong, &none)) {
        snprintf(got, sizeof got, "these bits may stay as they were: %.90s", bits);
        fail("the adversary turns over every bit that is not listed as spared", "", got);
    }
}

/* The thread's own registers must show that the call continued on another thread, as a stub that leaves them
 * alone shows. */
static void judge_thread(const struct golden *golden, const struct state *after)
{
    const struct state *first = &golden->on[0].regs, *second = &golden->on[1].regs;
    bool any = false, moved = false;
    for (int k = 0; k < n_state_regs; k++) {
        const struct state_reg *reg = &state_regs[k];
        if (reg->kind != REG_THREAD)
            continue;
        any = true;
        moved |= reg_differs(k, first, second);
        if (reg_differs(k, second, after))
            fail("the other thread's pointer in the thread's registers", "", reg->name);
    }
    if (any && !moved)
        fail("another thread's pointer in the thread's registers", "", "the same");
}

/* The bits that came out as they went in. The stack pointer must be push_call's. */
static void note_stayed(struct state *stayed, const struct state *before, struct state *after)
{
    for (int k = 0; k < n_state_regs; k++) {
        const struct state_reg *reg = &state_regs[k];
        uintptr_t sp;
        if (reg->kind == REG_SP) {
            memcpy(&sp, after->bytes + reg->offset, sizeof sp);
            sp += frame_drop();
            memcpy(after->bytes + reg->offset, &sp, sizeof sp);
        }
        struct state mask = none;
        add_bits(&mask, reg, 0, UINT64_MAX);
        for (int j = reg->offset; j < reg->offset + reg->size; j++)
            stayed->bytes[j] |= (uint8_t) ~(before->bytes[j] ^ after->bytes[j]) & mask.bytes[j];
    }
}

/* ---- memory ---- */

static uint8_t paint(const uint8_t *at)
{
    return (uint8_t)((uintptr_t)at * 37 + (uintptr_t)at / 256);
}

static uint8_t *lowest(void)
{
    return case_stack + STACK_CANARY;
}

static void paint_stack(void)
{
    uint8_t *end = (uint8_t *)entry_sp(SP_RESIDUES - 1);
    for (uint8_t *at = lowest(); at < end; at++)
        *at = paint(at);
}

static void judge_memory(uintptr_t top)
{
    uint8_t *at = (uint8_t *)top - TURNED_OVER;
    while (at < (uint8_t *)top && (*at ^ paint(at)) == 0xff)
        at++;
    if (at == (uint8_t *)top)
        return;
    char got[64];
    snprintf(got, sizeof got, "the byte %ld below it is not", (long)((uint8_t *)top - at));
    fail("the memory below the injection's stack pointer to be turned over", "", got);
}

static void judge_depth(void)
{
    char got[64];
    if (adversary_depth() + ADVERSARY_REFILL <= TURNED_OVER)
        return;
    snprintf(got, sizeof got, "it takes %u", (unsigned)adversary_depth());
    fail("a stub whose frame leaves the adversary some of the memory that is turned over", "", got);
}

/* ---- all ---- */

static void list_regs(const char *key, const bool *chosen)
{
    event_list(key);
    for (int k = 0; k < n_state_regs; k++)
        if (chosen[k])
            event_item(state_regs[k].name);
    event_list_end();
}

/* One injection, into `stub`. */
static bool inject(const char *stub, const struct state *in, struct state *out, struct shot *s)
{
    struct request q = r.fire;
    q.stub = stub;
    fire_leave(&q, &platform_case, NULL, in, out, s);
    return s->outcome == RUN_LEFT && s->injected == 1 && s->frame_ok;
}

void thorough_test(const struct options *o)
{
    static struct state in, out, stayed;
    static struct golden golden;
    static struct tally t;
    static bool spared[STATE_SIZE / 4], lacking[STATE_SIZE / 4];
    run_begin(&r, o, &to_events, &platform_case, &t);
    stayed = none;
    for (r.state = 0; r.state < SELF_TEST_STATES; r.state++) {
        struct verdict v;
        struct shot s;
        if (!platform_set_up(o, r.state, &in, &golden, &v))
            return; /* as platform_test has reported */
        paint_stack();
        if (!inject(careless_stub, &in, &out, &s)) /* push_call is at fault: every case will show it */
            return;
        judge_memory(s.sp_at - frame_drop());
        note_stayed(&stayed, &golden.on[0].regs, &out);
    }
    r.state = 0;
    judge_thread(&golden, &out);
    for (int k = 0; k < n_state_regs; k++)
        if (!reg_lost(k) && state_regs[k].kind != REG_THREAD)
            judge_reg(&state_regs[k], &stayed, &spared[k], &lacking[k]);
    struct shot s;
    memory_fill(&platform_case, o->seed, 0);
    inject(NULL, &in, &out, &s);
    judge_depth();
    event_begin("adversary");
    event_number("stub_frame", adversary_depth());
    list_regs("spared", spared);
    list_regs("lacking", lacking);
    event_end(1);
}
