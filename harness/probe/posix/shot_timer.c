/* The timer of the shots: see shot_timer.h. */
#define _GNU_SOURCE
#include "probe/shot_timer.h"

#include <signal.h>
#include <time.h>

enum {
    /* Below 20000 an emulator may not run an instruction between two signals. Up to 25000 a shot takes as
     * long under QEMU 7.2, and a third fewer signals come early; beyond, waiting costs more than these. */
    MIN_DELAY_NS = 25000,
    MAX_DELAY_NS = 50000000,
};

static timer_t timer;
static uint64_t delay_ns, base_delay_ns = MIN_DELAY_NS;
static uint64_t early, recent_early, recent;

bool shot_timer_begin(void)
{
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGURG};
    return timer_create(CLOCK_MONOTONIC, &event, &timer) == 0;
}

void shot_timer_in(uint64_t ns)
{
    struct itimerspec due = {{0, 0}, {(time_t)(ns / 1000000000u), (long)(ns % 1000000000u)}};
    timer_settime(timer, 0, &due, NULL);
}

void shot_timer_start(void)
{
    shot_timer_in(delay_ns = base_delay_ns);
}

void shot_timer_stop(void)
{
    shot_timer_in(0);
}

void shot_timer_again(void)
{
    early++;
    recent_early++;
    shot_timer_in(delay_ns / 2); /* most of the way is done by now; then later and later */
    if (delay_ns < MAX_DELAY_NS)
        delay_ns *= 2;
}

void shot_timer_adapt(void)
{
    if (++recent < 64)
        return;
    if (recent_early > 16 && base_delay_ns < MAX_DELAY_NS)
        base_delay_ns += base_delay_ns / 4;
    else if (recent_early < 2 && base_delay_ns > MIN_DELAY_NS)
        base_delay_ns -= base_delay_ns / 8;
    recent = recent_early = 0;
}

uint64_t shot_timer_early(void)
{
    return early;
}
