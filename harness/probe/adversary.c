/* The adversary's part in C: it counts, and checks the stack that it was given. */
#include "adversary.h"

#include "arch.h"
#include "state.h"

static uint32_t calls;
static bool misaligned;
static void (*meanwhile)(void);

void adversary_begin(void)
{
    calls = 0;
    misaligned = false;
}

uint32_t adversary_calls(void)
{
    return calls;
}

bool adversary_misaligned(void)
{
    return misaligned;
}

void adversary_meanwhile(void (*f)(void))
{
    meanwhile = f;
}

void everypc_adversary(uintptr_t sp)
{
    /* Atomically, as a scheduler takes its locks: a reservation of the interrupted thread's (LL) is gone. */
    uint32_t seen = calls;
    while (!__atomic_compare_exchange_n(&calls, &seen, seen + 1, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        ;
    if (sp % ARCH_STACK_ALIGN != 0 || sp < (uintptr_t)case_stack || sp >= (uintptr_t)case_stack + STACK_SIZE)
        misaligned = true;
    thread_move();
    if (meanwhile)
        meanwhile();
}
