#include "thread.h"

#include "goroutine.h"
#include "kernel.h"
#include "traps.h"

#include "arch.h"
#include "mcontext.h"

/* How long a thread waits at most, in turns of 0.1 ms; and where that was in vain so often in a row, as with
 * goroutines that are locked to their threads. */
enum { TURNS = 1000, OFTEN = 8, TURNS_IN_VAIN = 10 };

void thread_begin(struct handover *h)
{
    h->thread = kernel_thread();
    h->waking = false;
}

bool thread_has_woken(struct handover *h, ucontext_t *uc)
{
    if (!h->waking && plan->wakep) {
        h->waking = true;
#ifdef ARCH_LINK
        h->link = ctx_lr(uc);
#endif
        goroutine_call(uc, plan->wakep);
        return false;
    }
#ifdef ARCH_LINK
    if (h->waking)
        ctx_set_lr(uc, h->link);
#endif
    h->thread = 0;
    return true;
}

static bool is_changed(const unsigned *arrivals, unsigned before)
{
    return __atomic_load_n(arrivals, __ATOMIC_ACQUIRE) != before;
}

void thread_wait(const unsigned *arrivals, unsigned before)
{
    static const long a_turn[2] = {0, 100000}; /* seconds, nanoseconds */
    static unsigned in_vain;
    unsigned turns = in_vain < OFTEN ? TURNS : TURNS_IN_VAIN;
    for (unsigned k = 0; k < turns && !is_changed(arrivals, before); k++)
        CALL(SYS_nanosleep, a_turn, 0, 0, 0, 0, 0);
    in_vain = is_changed(arrivals, before) ? 0 : in_vain + 1;
}
