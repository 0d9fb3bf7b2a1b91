#include "goroutine.h"

#include "kernel.h"
#include "state.h"
#include "traps.h"

#include "arch.h"
#include "frame.h"
#include "mcontext.h"

/* What the collector's first functions need on the goroutine's own stack, the runtime's guard included. */
enum { ROOM = 16 << 10 };

/* Where the port says that g is. */
static uintptr_t held_g(const ucontext_t *uc)
{
#ifdef ARCH_LIVE_G
    struct state_word w;
    return state_named(ARCH_LIVE_G, &w) ? (uintptr_t)state_read(uc, &w) : 0;
#else
    (void)uc;
    return ARCH_LIVE_TLS_G();
#endif
}

uintptr_t *goroutine(const ucontext_t *uc)
{
    uintptr_t low, high, g = held_g(uc);
    bool is_it =
        kernel_peek(g, &low) && kernel_peek(g + sizeof g, &high) && low < ctx_sp(uc) && ctx_sp(uc) < high;
    return is_it ? (uintptr_t *)g : NULL;
}

bool goroutine_begins_at(const ucontext_t *uc, uintptr_t sp)
{
    /* stktopsp lies behind sched, syscallsp and syscallpc; which word it is depends on the version. */
    enum { FROM = 13, UNTIL = 20 };
    uintptr_t word;
    const uintptr_t *g = goroutine(uc);
    for (unsigned i = FROM; g && i < UNTIL; i++)
        if (kernel_peek((uintptr_t)(g + i), &word) && word == sp)
            return true;
    return !g;
}

bool goroutine_has_room(const ucontext_t *uc)
{
    uintptr_t *g = goroutine(uc);
    if (!g)
        return false;
    if (ctx_sp(uc) > g[G_STACK_LOW] + ROOM)
        return true;
    g[G_STACK_GUARD] = GUARD_GROW;
    return false;
}

void goroutine_call(ucontext_t *uc, uint64_t function)
{
    uintptr_t back = ctx_pc(uc), to = (uintptr_t)(function + plan->bias);
#ifdef ARCH_LINK
    ctx_set_lr(uc, back);
#else
    ctx_set_sp(uc, ctx_sp(uc) - sizeof back);
    *(uintptr_t *)ctx_sp(uc) = back;
#endif
    if (frame_rule.target_reg)
        frame_set_reg(uc, frame_rule.target_reg, to);
    ctx_set_pc(uc, to);
}
