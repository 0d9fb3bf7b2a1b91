#include "flights.h"

#include "kernel.h"
#include "traps.h"

#include "arch.h"
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

struct flight *flight_called(const ucontext_t *uc)
{
    uintptr_t nearest = 4096;
    struct flight *found = NULL;
    for (int i = 0; i < MAX_FLIGHTS; i++) {
        uintptr_t below = flights[i].sp - ctx_sp(uc);
        if (flights[i].pc && flights[i].resume && !flights[i].restarted && below < nearest) {
            nearest = below;
            found = &flights[i];
        }
    }
    return found;
}

struct flight *flight_of_thread(void)
{
    long thread = kernel_thread();
    for (int i = 0; i < MAX_FLIGHTS; i++)
        if (flights[i].pc && flights[i].resume && !flights[i].restarted && !flights[i].inside.arrived &&
            flights[i].handover.thread == thread)
            return &flights[i];
    return NULL;
}
