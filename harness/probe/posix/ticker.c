/* A timer that is read: see ticker.h. */
#include "probe/ticker.h"

#include <sys/timerfd.h>
#include <time.h>

int ticker_start(void)
{
    static int fd = -1;
    static const struct itimerspec ticks = {{0, TICK_MS * 1000000L}, {0, TICK_MS * 1000000L}};
    if (fd < 0)
        fd = timerfd_create(CLOCK_MONOTONIC, 0);
    timerfd_settime(fd, 0, &ticks, 0);
    return fd;
}
