/* The adversary's part in C: it counts, and checks the stack that it was given. */
#include "adversary.h"

#include "arch.h"
#include "state.h"

static uint32_t calls;
static bool misaligned;

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

void everypc_adversary(uintptr_t sp)
{
    calls++;
    if (sp % ARCH_STACK_ALIGN != 0 || sp < (uintptr_t)case_stack || sp >= (uintptr_t)case_stack + STACK_SIZE)
        misaligned = true;
}
