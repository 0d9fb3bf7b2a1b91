/* The self-test and the sentinel. A state's only code is the spin, so what differs at its end differs by the
 * signal. */
#include "platform.h"

#include <stdio.h>
#include <string.h>

#include "arch.h"
#include "events.h"
#include "fire.h"
#include "golden.h"
#include "initial_state.h"
#include "oracle.h"
#include "registers.h"
#include "thread.h"

enum { MAX_REGS = 1024 };

/* Where the thread goes on behind the spin, as a case whose one Prog does nothing. No table: everything is
 * safe. */
static const struct case_pc pc = {.reportable = 1, .hop = NO_HOP};
static const struct case_prog prog = {.text = "(no code)", .source = "", .value = POINT_SAFE};
const struct test_case platform_case = {
    .name = "platform",
    .source = "",
    .code = (const uint8_t *)case_leave,
    .entry = (const uint8_t *)case_leave,
    .end = (const uint8_t *)case_leave + ARCH_PC_QUANTUM,
    .leave = (const uint8_t *)case_leave,
    .limit = (const uint8_t *)case_leave + ARCH_PC_QUANTUM,
    .pcs = &pc,
    .progs = &prog,
    .n_pcs = 1,
    .n_progs = 1,
    .func_size = ARCH_PC_QUANTUM,
};

_Static_assert(STATE_SIZE / 4 <= MAX_REGS, "no register is smaller than 4 bytes");

static struct state in, out;
static struct golden golden;

bool platform_set_up(const struct options *o, int k, struct state *from, struct golden *end,
                     struct verdict *v)
{
    struct shot s;
    state_fill(from, &platform_case, o->seed, k);
    golden_run(&o->fire, &platform_case, from, o->seed, k, end, &s);
    judge_outcome(&platform_case, &s, v);
    memory_fill(&platform_case, o->seed, k);
    return !v->oracle;
}

/* A function that takes all argument registers there are, and inexact divisions for the sticky flags. */
__attribute__((noinline)) static double spend(long a, long b, long c, long d, long e, long f, long g, long h,
                                              double p, double q, double r, double s, double t, double u,
                                              double v, double w)
{
    uint8_t block[1024]; /* vector stores */
    memset(block, (int)a, sizeof block);
    __asm__ volatile("" : : "r"(block) : "memory");
    return (double)(a ^ b ^ c ^ d ^ e ^ f ^ g ^ h) + p / q + r / s + t / u + v / w;
}

/* In a handler: what any C code may do to registers. */
static void spend_registers(void)
{
    static volatile long n = 0x5a5a;
    static volatile double x = 1, y = 3;
    y = 3 + 0 * spend(n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7, x, y, x, y, x, y, x, y);
}

static void leave_alone(void)
{
}

/* Notes which registers differ after a signal whose handler does this. */
static struct verdict try_all(const struct options *o, void (*in_handler)(void), bool *differs)
{
    struct verdict v = {0};
    memset(differs, 0, MAX_REGS);
    for (int k = 0; k < SELF_TEST_STATES && !v.oracle; k++) {
        struct shot s;
        if (!platform_set_up(o, k, &in, &golden, &v))
            break;
        fire_leave(&o->fire, &platform_case, in_handler, &in, &out, &s);
        judge_outcome(&platform_case, &s, &v);
        for (int j = 0; !v.oracle && j < n_state_regs; j++)
            differs[j] |= reg_differs(j, &golden.on[0].regs, &out);
    }
    return v;
}

static void tell_regs(const char *key, const bool *chosen)
{
    event_list(key);
    for (int j = 0; j < n_state_regs; j++)
        if (chosen[j])
            event_item(state_regs[j].name);
    event_list_end();
}

/* What it found. */
static bool lost[MAX_REGS], exposed[MAX_REGS];
static uint64_t kept;

static struct verdict test(const struct options *o)
{
    struct verdict v = try_all(o, leave_alone, lost);
    if (!v.oracle)
        v = try_all(o, spend_registers, exposed);
    kept = 0;
    for (int j = 0; j < n_state_regs; j++) {
        if (!reg_counts(j))
            continue;
        exposed[j] &= !lost[j];
        kept += !lost[j] && !exposed[j];
        if (lost[j])
            reg_lose(j);
    }
    return v;
}

void platform_learn(const struct options *o)
{
    test(o);
}

void platform_test(const struct options *o)
{
    struct verdict v = test(o);
    event_begin("platform");
    event_number("kept", kept);
    tell_regs("exposed", exposed);
    tell_regs("lost", lost);
    if (thread_bytes_alike() > 0)
        event_number("thread_alike", thread_bytes_alike());
    if (v.oracle)
        event_string("broken", v.got);
    event_end(1);
}

struct verdict sentinel(const struct options *o)
{
    struct verdict v = {0};
    for (int k = 0; k < SELF_TEST_STATES && !v.oracle; k++) {
        struct shot s;
        if (!platform_set_up(o, k, &in, &golden, &v))
            break;
        fire_leave(&o->fire, &platform_case, NULL, &in, &out, &s);
        struct expectation e = {true, (uintptr_t)case_leave};
        judge_push_call(o->without, &s, &v); /* it may die of what push_call left */
        if (v.oracle)
            continue;
        judge_outcome(&platform_case, &s, &v);
        if (!v.oracle) {
            judge_shot_as(o->without, e, &platform_case, &s, &golden, &out, &v);
        } else if (s.landed && (s.decision.refusal != INJECT || s.resume_pc != e.resume_pc)) {
            v.oracle = ORACLE_DECISION;
        }
    }
    return v;
}
