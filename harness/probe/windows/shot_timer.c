/* Windows: a shot is a request to the controller, which suspends the thread some time after it has set out.
 * Called by the thread under fire, or by the controller while that thread is suspended. */
#include "probe/shot_timer.h"

#include "controller.h"

/* Where processors are free, the thread arrives before the controller can stop it. */
enum { STEP_NS = 20000, MAX_BASE_NS = 200000, MAX_DELAY_NS = 50000000 };

static uint64_t delay_ns, base_delay_ns;
static uint64_t early, recent_early, recent;

bool shot_timer_begin(void)
{
    return true;
}

void shot_timer_in(uint64_t ns)
{
    if (ns)
        controller_ask(ns);
    else
        controller_cancel();
}

void shot_timer_start(void)
{
    controller_ask(delay_ns = base_delay_ns);
}

void shot_timer_stop(void)
{
    controller_cancel();
}

void shot_timer_again(void)
{
    early++;
    recent_early++;
    if (delay_ns < MAX_DELAY_NS)
        delay_ns = delay_ns * 2 + STEP_NS;
    controller_ask(delay_ns);
}

void shot_timer_adapt(void)
{
    if (++recent < 64)
        return;
    if (recent_early > 16 && base_delay_ns < MAX_BASE_NS)
        base_delay_ns += STEP_NS;
    else if (recent_early < 2)
        base_delay_ns -= base_delay_ns / 8;
    recent = recent_early = 0;
}

uint64_t shot_timer_early(void)
{
    return early;
}
