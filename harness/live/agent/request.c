#include "request.h"

#include "traps.h"

void request_ask(void)
{
    if (!plan->allp)
        return;
    uintptr_t *slice = (uintptr_t *)(uintptr_t)(plan->allp + plan->bias);
    uintptr_t *ps = (uintptr_t *)slice[0];
    for (uintptr_t i = 0; i < slice[1]; i++)
        if (ps[i])
            *(uint8_t *)(ps[i] + (uintptr_t)plan->p_preempt) = 1;
}

bool request_answered(void)
{
    const uintptr_t *slice = (const uintptr_t *)(uintptr_t)(plan->allp + plan->bias);
    const uintptr_t *ps = (const uintptr_t *)slice[0];
    for (uintptr_t i = 0; plan->allp && i < slice[1]; i++)
        if (ps[i] && !*(const uint8_t *)(ps[i] + (uintptr_t)plan->p_preempt))
            return true;
    return false;
}
