/* Windows: a shot is a request to the controller, which suspends the thread once it has set out, or some time
 * later. Called by the thread under fire, or by the controller while that thread is suspended. */
#include "probe/shot_timer.h"

#include "probe/clock.h"
#include "controller.h"

enum { MIN_DELAY_NS = 20000, MAX_DELAY_NS = 50000000 };

static uint64_t delay_ns, early;

bool shot_timer_begin(void)
{
    return true;
}

void shot_timer_in(uint64_t ns)
{
    if (ns)
        controller_ask(now_ns() + ns);
    else
        controller_cancel();
}

void shot_timer_start(void)
{
    delay_ns = MIN_DELAY_NS;
    controller_ask(0);
}

void shot_timer_start_behind(uint64_t ns)
{
    delay_ns = MIN_DELAY_NS + ns;
    controller_ask(now_ns() + delay_ns);
}

void shot_timer_stop(void)
{
    controller_cancel();
}

void shot_timer_again(void)
{
    early++;
    controller_ask(now_ns() + delay_ns);
    if (delay_ns < MAX_DELAY_NS)
        delay_ns *= 2;
}

/* A request is answered as soon as the thread has set out. */
void shot_timer_adapt(void)
{
}

uint64_t shot_timer_early(void)
{
    return early;
}
