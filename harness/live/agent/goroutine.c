#include "goroutine.h"

#include "kernel.h"
#include "state.h"

#include "arch.h"
#include "mcontext.h"

/* Where the port says that g is. */
static uintptr_t held_g(const ucontext_t *uc)
{
#ifdef ARCH_LIVE_G
    struct state_word w;
    for (size_t n = 0; state_word(n, &w); n++)
        if (memcmp(w.name, ARCH_LIVE_G, sizeof ARCH_LIVE_G) == 0)
            return (uintptr_t)state_read(uc, &w);
    return 0;
#else
    (void)uc;
    return ARCH_LIVE_TLS_G();
#endif
}

uintptr_t goroutine_of(const ucontext_t *uc)
{
    uintptr_t low, high, g = held_g(uc);
    bool is_it =
        kernel_peek(g, &low) && kernel_peek(g + sizeof g, &high) && low < ctx_sp(uc) && ctx_sp(uc) < high;
    return is_it ? g : 0;
}

bool goroutine_begins_at(const ucontext_t *uc, uintptr_t sp)
{
    /* stktopsp lies behind sched, syscallsp and syscallpc; which word it is depends on the version. */
    enum { FROM = 13, UNTIL = 20 };
    uintptr_t word, g = goroutine_of(uc);
    for (unsigned i = FROM; g && i < UNTIL; i++)
        if (kernel_peek(g + i * sizeof g, &word) && word == sp)
            return true;
    return !g;
}
