#include "inside.h"

#include "goroutine.h"
#include "kernel.h"
#include "move.h"
#include "state.h"
#include "traps.h"

#include "arch.h"
#include "mcontext.h"

/* What runtime.clobberfree fills freed memory with (GODEBUG=clobberfree=1; runtime/mgcsweep.go). */
#define CLOBBERED ((uintptr_t)UINT64_C(0xdeadbeefdeadbeef))

/* Overwrites every register that compiled code counts on no more behind a call. */
static void adversary(ucontext_t *uc)
{
    struct state_word w;
    for (size_t n = 0; state_word(n, &w); n++)
        if (state_is_dead_behind_a_call(&w))
            state_write(uc, &w, UINT64_C(0xadeadadeadadea00) + n);
}

bool inside_wants_room(const ucontext_t *uc, bool again)
{
    const uintptr_t *g = plan->inside & INSIDE_CALLS ? goroutine(uc) : NULL;
    bool unheeded = again && g && g[G_STACK_GUARD] == GUARD_GROW;
    return g && !unheeded && !goroutine_has_room(uc);
}

/* ---- the collector ---- */

/* What lies where registers of the interrupted state point to. */
static void note(struct inside *in, const ucontext_t *before)
{
    struct state_word w;
    for (size_t n = 0; n < sizeof in->words / sizeof *in->words; n++) {
        uintptr_t word = CLOBBERED;
        if (state_word(n, &w)) {
            uintptr_t at = (uintptr_t)state_read(before, &w) & ~(sizeof word - 1);
            if (at < 4096 || !kernel_peek(at, &word))
                word = CLOBBERED;
        }
        in->words[n] = word;
    }
}

/* An object that a register held was freed: the collector did not see it there. */
static void check_roots(const struct inside *in, struct shots_pc *shot, const ucontext_t *before)
{
    struct state_word w;
    for (size_t n = 0; n < sizeof in->words / sizeof *in->words && state_word(n, &w); n++) {
        uintptr_t now, at = (uintptr_t)state_read(before, &w) & ~(sizeof now - 1);
        if (in->words[n] != CLOBBERED && kernel_peek(at, &now) && now == CLOBBERED)
            state_differs(shot, WRONG_ROOTS, w.name, -1, in->words[n], now);
    }
}

/* ---- the order ---- */

/* Each is a call of a runtime function, from which the goroutine comes back to ROLE_CALL. */
enum step { TRACEBACK, COLLECTOR, ALL_STEPS };

static bool step_begins(struct inside *in, const ucontext_t *before, ucontext_t *uc)
{
    switch (in->steps++) {
    case TRACEBACK:
        return plan->inside & INSIDE_TRACEBACK && traceback_begins(&in->traceback, uc);
    case COLLECTOR:
        if (!(plan->inside & INSIDE_GC) || !plan->gc)
            return false;
        note(in, before);
        plan->collections++;
        goroutine_call(uc, plan->gc);
        return true;
    default:
        return false;
    }
}

static void step_ends(struct inside *in, struct shots_pc *shot, const ucontext_t *before,
                      const ucontext_t *uc)
{
    if (in->steps == TRACEBACK + 1)
        traceback_ends(&in->traceback, shot, before, uc);
    else if (in->steps == COLLECTOR + 1)
        check_roots(in, shot, before);
}

void inside_begin(struct inside *in)
{
    in->steps = 0;
    in->arrived = false;
    in->thread = kernel_thread();
}

/* It has come for the first time: whether there is anything to call, and room for it. */
static void arrive(struct inside *in, const ucontext_t *uc)
{
    in->arrived = true;
    __atomic_store_n(&in->arrivals, in->arrivals + 1, __ATOMIC_RELEASE);
    if (kernel_thread() == in->thread)
        plan->threads_kept++;
    else
        plan->threads_changed++;
    bool calls = plan->inside & INSIDE_CALLS;
    if (calls && goroutine_has_room(uc)) {
        move_withdraw(uc);
        return;
    }
    plan->no_room += calls;
    in->steps = ALL_STEPS;
}

bool inside_call(struct inside *in, struct shots_pc *shot, const ucontext_t *before, ucontext_t *uc)
{
    if (plan->inside & INSIDE_ADVERSARY)
        adversary(uc);
    if (in->arrived)
        step_ends(in, shot, before, uc);
    else
        arrive(in, uc);
    while (in->steps < ALL_STEPS)
        if (step_begins(in, before, uc))
            return true;
    if (plan->inside & INSIDE_MOVE)
        move_ask(uc);
    return false;
}
