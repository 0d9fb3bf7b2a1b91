#include "move.h"

#include "goroutine.h"
#include "traps.h"

#include "arch.h"
#include "mcontext.h"

/* Smaller ones are not halved, larger ones not doubled; bytes. Where something is called, too, it needs room.
 */
enum { SMALLEST = 4 << 10, SMALLEST_FOR_CALLS = 64 << 10, LARGEST = 256 << 10 };
/* At least what lies between a stack's end and its guard (runtime/stack.go, stackGuard): bytes. */
enum { GUARD = 4 << 10 };
/* What the runtime adds to what is in use (runtime/stack.go, shrinkstack), or more: bytes. */
enum { USED_BESIDES = 2 << 10 };

/* Goroutines that were asked, and where their stacks were. */
enum { MAX_ASKED = 64 };
static struct asked {
    const uintptr_t *g; /* null: free */
    uintptr_t low;
} asked[MAX_ASKED];

static void remember(const uintptr_t *g)
{
    struct asked *free = &asked[0];
    for (int i = 0; i < MAX_ASKED; i++) {
        if (asked[i].g == g)
            free = &asked[i];
        else if (!asked[i].g && free->g && free->g != g)
            free = &asked[i];
    }
    *free = (struct asked){g, g[G_STACK_LOW]};
}

/* preempt, preemptStop, preemptShrink (runtime/runtime2.go). */
static void set_shrink(uintptr_t *g, bool wanted)
{
    *((uint8_t *)g + plan->g_preempt + 2) = wanted;
}

void move_withdraw(const ucontext_t *uc)
{
    uintptr_t *g = goroutine(uc);
    if (!g)
        return;
    if (plan->g_preempt)
        set_shrink(g, false);
    if (g[G_STACK_GUARD] == GUARD_GROW)
        g[G_STACK_GUARD] = g[G_STACK_LOW] + GUARD;
}

void move_ask(const ucontext_t *uc)
{
    uintptr_t *g = goroutine(uc);
    if (!g)
        return;
    uintptr_t size = g[G_STACK_HIGH] - g[G_STACK_LOW], used = g[G_STACK_HIGH] - ctx_sp(uc) + USED_BESIDES;
    uintptr_t smallest = plan->inside & INSIDE_CALLS ? SMALLEST_FOR_CALLS : SMALLEST;
    if (plan->g_preempt && size > smallest && used < size / 4) {
        set_shrink(g, true);
        g[G_STACK_GUARD] = GUARD_PREEMPT;
    } else if (size < LARGEST) {
        g[G_STACK_GUARD] = GUARD_GROW;
    } else {
        return;
    }
    plan->moves_asked++;
    remember(g);
}

void move_look(const ucontext_t *uc)
{
    const uintptr_t *g = goroutine(uc);
    for (int i = 0; g && i < MAX_ASKED; i++)
        if (asked[i].g == g && asked[i].low != g[G_STACK_LOW]) {
            asked[i].g = NULL;
            plan->moved++;
        }
}
