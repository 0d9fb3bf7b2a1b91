#include <stdbool.h>

#include "inside.h"

#include "goroutine.h"
#include "kernel.h"
#include "state.h"
#include "traps.h"

#include "arch.h"
#include "frame.h"
#include "mcontext.h"

/* What runtime.clobberfree fills freed memory with (GODEBUG=clobberfree=1; runtime/mgcsweep.go). */
#define CLOBBERED ((uintptr_t)UINT64_C(0xdeadbeefdeadbeef))

/* What the collector's first functions need on the goroutine's own stack, the runtime's guard included. */
enum { ROOM = 16 << 10 };

/* More than any stack pointer, and none of the values that runtime/stack.go gives a meaning: the next
 * function that checks has the stack doubled. */
#define GROW ((uintptr_t)-1600)

/* Overwrites every register that compiled code counts on no more behind a call. */
static void adversary(ucontext_t *uc)
{
    struct state_word w;
    for (size_t n = 0; state_word(n, &w); n++)
        if (state_is_dead_behind_a_call(&w))
            state_write(uc, &w, UINT64_C(0xadeadadeadadea00) + n);
}

/* Whether there is room on the goroutine's stack. If not, there will be behind its next calls. */
static bool has_room(const ucontext_t *uc)
{
    uintptr_t *g = (uintptr_t *)goroutine_of(uc);
    if (!g)
        return false;
    if (ctx_sp(uc) > g[0] + ROOM)
        return true;
    g[2] = GROW;
    return false;
}

bool inside_wants_room(const ucontext_t *uc, bool again)
{
    const uintptr_t *g = plan->inside & INSIDE_GC && plan->gc ? (const uintptr_t *)goroutine_of(uc) : NULL;
    bool unheeded = again && g && g[2] == GROW;
    return g && !unheeded && !has_room(uc);
}

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

/* As if the call of the scheduler had been one of the collector: it returns to where that does. */
static void call_collector(ucontext_t *uc)
{
    uintptr_t back = ctx_pc(uc), gc = (uintptr_t)(plan->gc + plan->bias);
#ifdef ARCH_LINK
    ctx_set_lr(uc, back);
#else
    ctx_set_sp(uc, ctx_sp(uc) - sizeof back);
    *(uintptr_t *)ctx_sp(uc) = back;
#endif
    if (frame_rule.target_reg)
        frame_set_reg(uc, frame_rule.target_reg, gc);
    ctx_set_pc(uc, gc);
}

bool inside_call(struct inside *in, struct shots_pc *shot, const ucontext_t *before, ucontext_t *uc)
{
    if (plan->inside & INSIDE_ADVERSARY)
        adversary(uc);
    if (in->collecting) {
        in->collecting = false;
        check_roots(in, shot, before);
        return false;
    }
    if (!(plan->inside & INSIDE_GC) || !plan->gc)
        return false;
    if (!has_room(uc)) {
        plan->no_room++;
        return false;
    }
    note(in, before);
    in->collecting = true;
    plan->collections++;
    call_collector(uc);
    return true;
}
