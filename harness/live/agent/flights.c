#include "flights.h"

#include "kernel.h"
#include "traps.h"

#include "mcontext.h"

struct flight flights[MAX_FLIGHTS];
static volatile char lock;

void flights_lock(void)
{
    while (__atomic_test_and_set(&lock, __ATOMIC_ACQUIRE))
        CALL(SYS_sched_yield, 0, 0, 0, 0, 0, 0);
}

void flights_unlock(void)
{
    __atomic_clear(&lock, __ATOMIC_RELEASE);
}

struct flight *flight_new(void)
{
    for (int i = 0; i < MAX_FLIGHTS; i++)
        if (!flights[i].pc)
            return &flights[i];
    for (int i = 0; i < MAX_FLIGHTS; i++)
        if (flights[i].restarted) /* a goroutine that may never go on */
            return &flights[i];
    return NULL;
}

struct flight *flight_signalled(const ucontext_t *uc)
{
    for (int i = 0; i < MAX_FLIGHTS; i++)
        if (flights[i].pc && !flights[i].resume && flights[i].sp == ctx_sp(uc) &&
            traps_address(flights[i].pc) == ctx_pc(uc))
            return &flights[i];
    return NULL;
}

/* Its frames lie below what was interrupted. */
struct flight *flight_called(const ucontext_t *uc)
{
    enum { FRAMES = 4096 };
    for (int i = 0; i < MAX_FLIGHTS; i++)
        if (flights[i].pc && flights[i].resume && !flights[i].restarted &&
            flights[i].sp - ctx_sp(uc) < FRAMES)
            return &flights[i];
    return NULL;
}
