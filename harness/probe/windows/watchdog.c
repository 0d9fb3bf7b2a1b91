/* Windows: the time of a run, which the controller looks at. CPU time is asked for only when the run has
 * taken a part of its time by the clock on the wall. */
#include "probe/watchdog.h"

#include "probe/clock.h"
#include "controller.h"

enum { TICKS = 10 }; /* in the time that a run may take */

static volatile uint64_t since, patience_ns; /* since 0: no run */
static volatile uint64_t cpu_since;          /* 0: not asked yet */
static volatile bool blocking;

bool watchdog_begin(void)
{
    return true;
}

void watchdog_start(uint32_t patience_ms, bool blocks)
{
    patience_ns = (patience_ms ? patience_ms : PATIENCE_MS) * UINT64_C(1000000);
    cpu_since = 0;
    blocking = blocks;
    since = now_ns();
}

void watchdog_stop(void)
{
    since = 0;
}

bool watchdog_tick(void)
{
    uint64_t passed = now_ns() - since, share = patience_ns / TICKS;
    if (!since || passed < share)
        return false;
    if (blocking)
        return passed >= patience_ns;
    uint64_t cpu = controller_thread_ns();
    if (!cpu_since)
        cpu_since = cpu;
    return cpu - cpu_since >= patience_ns - share;
}
