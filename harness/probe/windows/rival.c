/* Windows: the rival: see rival.h. */
#include "rival.h"

#include "preempt_thread.h"
#include "suspended.h"

enum {
    COMES_IN_MS = 2, /* from the call of the code under test to its SuspendThread, if nothing is in the way */
};

enum place { AT_HOME, SENT, ON_ITS_WAY, AT_SUSPEND };
static volatile LONG place;
static DWORD id;

static void go_to(enum place to)
{
    InterlockedExchange(&place, to);
    WakeByAddressAll((void *)&place);
}

/* Until it is no longer there, or so many milliseconds have passed. */
static void wait_from(LONG from, DWORD ms)
{
    while (place == from && WaitOnAddress(&place, &from, sizeof from, ms))
        ;
}

static DWORD WINAPI run(void *unused)
{
    (void)unused;
    id = GetCurrentThreadId();
    for (;;) {
        struct thread unwanted = {.want_preempt = false};
        wait_from(AT_HOME, INFINITE);
        go_to(ON_ITS_WAY);
        preempt_thread(&unwanted, controller_thread());
        go_to(AT_HOME);
    }
    return 0;
}

bool rival_begin(void)
{
    return CreateThread(NULL, 0, run, NULL, 0, NULL) != NULL;
}

bool rival_calls(void)
{
    return GetCurrentThreadId() == id;
}

void rival_suspends(void)
{
    go_to(AT_SUSPEND);
}

bool rival_comes_in(void)
{
    go_to(SENT);
    wait_from(SENT, INFINITE);
    wait_from(ON_ITS_WAY, COMES_IN_MS);
    return place != ON_ITS_WAY;
}

void rival_home(void)
{
    for (LONG at = place; at != AT_HOME; at = place)
        wait_from(at, INFINITE);
}
