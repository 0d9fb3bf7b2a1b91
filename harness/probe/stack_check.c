/* The stack guard: see stack_check.h. The symbol lies behind the arena (case_memory.c). */
#include "stack_check.h"

/* Above every stack. */
static const uintptr_t STACK_PREEMPT = (uintptr_t)-1314;

void stack_guard_raise(void)
{
    everypc_stack_check = (struct stack_check){.guard = STACK_PREEMPT};
}

bool stack_guard_raised(void)
{
    return everypc_stack_check.guard == STACK_PREEMPT;
}

void stack_guard_lower(void)
{
    everypc_stack_check.guard = 0;
}
