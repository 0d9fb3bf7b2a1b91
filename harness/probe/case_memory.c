/* The memory of cases, laid out for assembly: see case_memory.h. */
#include "case_memory.h"

#include <stddef.h>

#include "arch.h"

/* Fence, arena, fence, stack, fence: a run that leaves the arena or the stack meets a fence before anything
 * else. Where in the second of these the arena lies, the seed says (build.mk); behind it, in reach of
 * one displacement, everypc_thread (thread.h) and everypc_stack_check (stack_check.h). The symbol g of cases
 * is a cell of the arena. */
_Alignas(FENCE_SIZE) uint8_t everypc_memory[6 * FENCE_SIZE];
_Static_assert(FENCE_SIZE == 65536 && STACK_SIZE == 2 * FENCE_SIZE, "as in the lines below");
__asm__(".globl case_stack\n"
        ".set case_stack, everypc_memory + 3 * 65536");
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

const void *everypc_adversary(uintptr_t sp)
{
    return injected(sp);
}
