/* What assembly sees of the probe: the memory that cases touch, at the same addresses in every run, and what
 * enter.S reads and calls (arch.h). The lowest module: it knows no other, so that those which fill, watch and
 * compare this memory need not know each other. */
#ifndef EVERYPC_CASE_MEMORY_H
#define EVERYPC_CASE_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

/* clang-format off */
enum {
    ARENA_SIZE = 1024,   /* bytes; memory operands point to its middle */
    STACK_SIZE = 131072, /* bytes: room for frames of 64 KB, which arm64 leaves in a step of its own kind */
    STACK_BELOW = 256,   /* bytes below the entry SP that each run starts with anew */
    STACK_ABOVE = 256,   /* bytes from the entry SP up that belong to the case */
    FENCE_SIZE = 65536,  /* bytes */
    SP_RESIDUES = 256,   /* where SP is at entry differs by less, from state to state */
    STACK_CANARY = 64,   /* bytes at the stack's low end that nothing may touch */
};
/* clang-format on */

/* Fence, arena, fence, stack, fence: a run that leaves the arena or the stack meets a fence before anything
 * else. Where in the second of these the arena lies, the seed says (build.mk); behind it, in reach of
 * one displacement, everypc_thread (thread.h) and everypc_stack_check (stack_check.h). The symbol g of cases
 * is a cell of the arena. The system says where all of it lies, a multiple of FENCE_SIZE. */
extern uint8_t everypc_memory[6 * FENCE_SIZE]; /* all of it, fences (wild.h) included */
extern uint8_t everypc_arena[ARENA_SIZE];
extern uint8_t case_stack[STACK_SIZE];

/* SP at a case's entry, `residue` modulo SP_RESIDUES. The part of the stack that belongs to the case begins
 * STACK_BELOW bytes below it and ends STACK_ABOVE bytes above it. */
uintptr_t entry_sp(uint32_t residue);
bool on_case_stack(uintptr_t at);

/* What the injected call calls, with its stack pointer: see everypc_adversary in arch.h, which enter.S calls
 * and which passes the call on. */
typedef const void *injected_call(uintptr_t sp);
void injected_call_set(injected_call *f);

#endif
