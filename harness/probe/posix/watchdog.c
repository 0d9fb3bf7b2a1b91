/* Counting ticks of an interval timer: see watchdog.h. */
#include "probe/watchdog.h"

#include <stddef.h>
#include <sys/time.h>

enum { TICKS = 10 }; /* in the time that a run may take */

static uint32_t interval_of_ms; /* what the timer's interval was made for */
static volatile uint32_t ticks, since;

static bool tick_every(int which, uint32_t ms)
{
    struct timeval tick = {(time_t)(ms / 1000), (suseconds_t)(ms % 1000 * 1000)};
    struct itimerval every = {tick, tick};
    return setitimer(which, &every, NULL) == 0;
}

static bool set_interval(uint32_t ms)
{
    interval_of_ms = ms;
    return tick_every(ITIMER_PROF, ms / TICKS);
}

bool watchdog_begin(void)
{
    return set_interval(PATIENCE_MS);
}

void watchdog_start(uint32_t patience_ms, bool blocks)
{
    uint32_t ms = patience_ms ? patience_ms : PATIENCE_MS;
    if (ms != interval_of_ms)
        set_interval(ms);
    since = ticks;
    if (blocks)
        tick_every(ITIMER_REAL, ms / TICKS);
}

void watchdog_stop(void)
{
    tick_every(ITIMER_REAL, 0);
}

bool watchdog_tick(void)
{
    return ++ticks - since >= TICKS;
}
