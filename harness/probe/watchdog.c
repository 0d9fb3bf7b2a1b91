/* Counting ticks of an interval timer: see watchdog.h. */
#include "watchdog.h"

#include <stddef.h>
#include <sys/time.h>

enum { TICKS = 10 }; /* in the time that a run may take */

static uint32_t interval_of_ms; /* what the timer's interval was made for */
static volatile uint32_t ticks, since;

static bool set_interval(uint32_t ms)
{
    struct timeval tick = {(time_t)(ms / TICKS / 1000), (suseconds_t)(ms / TICKS % 1000 * 1000)};
    struct itimerval every = {tick, tick};
    interval_of_ms = ms;
    return setitimer(ITIMER_PROF, &every, NULL) == 0;
}

bool watchdog_begin(void)
{
    return set_interval(PATIENCE_MS);
}

void watchdog_start(uint32_t patience_ms)
{
    uint32_t ms = patience_ms ? patience_ms : PATIENCE_MS;
    if (ms != interval_of_ms)
        set_interval(ms);
    since = ticks;
}

bool watchdog_tick(void)
{
    return ++ticks - since >= TICKS;
}
