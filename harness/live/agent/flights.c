#include "flights.h"

#include "kernel.h"
#include "traps.h"

#include "arch.h"
#include "mcontext.h"

struct flight flights[MAX_FLIGHTS];

struct flight *flights_new(void)
{
    for (int i = 0; i < MAX_FLIGHTS; i++)
        if (!flights[i].pc)
            return &flights[i];
    return NULL;
}

struct flight *flights_signalled(const ucontext_t *uc)
{
    for (int i = 0; i < MAX_FLIGHTS; i++)
        if (flights[i].pc && !flights[i].resume && flights[i].sp == ctx_sp(uc) &&
            traps_address(flights[i].pc) == ctx_pc(uc))
            return &flights[i];
    return NULL;
}

struct flight *flights_called(const ucontext_t *uc)
{
    uintptr_t nearest = 4096;
    struct flight *found = NULL;
    for (int i = 0; i < MAX_FLIGHTS; i++) {
        uintptr_t below = flights[i].sp - ctx_sp(uc);
        if (flights[i].pc && flights[i].resume && below < nearest) {
            nearest = below;
            found = &flights[i];
        }
    }
    return found;
}

struct flight *flights_of_thread(void)
{
    long thread = kernel_thread();
    for (int i = 0; i < MAX_FLIGHTS; i++)
        if (flights[i].pc && flights[i].resume && !flights[i].inside.arrived &&
            flights[i].handover.thread == thread)
            return &flights[i];
    return NULL;
}
