/* The memory of cases, laid out for assembly: see case_memory.h. */
#include "case_memory.h"

#include <stddef.h>

#include "arch.h"

struct state everypc_garbage, everypc_snapshot, everypc_at_call;

static injected_call *injected;

uintptr_t entry_sp(uint32_t residue)
{
    return (uintptr_t)case_stack + STACK_SIZE - STACK_ABOVE - SP_RESIDUES + residue;
}

bool on_case_stack(uintptr_t at)
{
    return at >= (uintptr_t)case_stack && at < (uintptr_t)case_stack + STACK_SIZE;
}

void injected_call_set(injected_call *f)
{
    injected = f;
}

ARCH_ABI const void *everypc_adversary(uintptr_t sp)
{
    return injected(sp);
}
