/* The adversary's part in C: what it leaves behind, what it counts, and the check of the stack that it was
 * given. */
#include "adversary.h"

#include <string.h>

#include "arch.h"
#include "case_memory.h"
#include "in_page.h"
#include "registers.h"
#include "stack_check.h"
#include "thread.h"

enum { MAX_NOTED = 4 };

static uint32_t calls;
static const char *broken_rule;
static void (*meanwhile)(void);

/* The memory below the last injection, turned over: the TURNED_OVER bytes up to `top`. What the stack has no
 * room for is 0. */
static uintptr_t below[TURNED_OVER / sizeof(uintptr_t)], top, depth;
static struct noted {
    uint16_t offset;
    uintptr_t value;
} noted[MAX_NOTED];
static int n_noted;

uint32_t adversary_calls(void)
{
    return calls;
}

const char *adversary_broken_rule(void)
{
    return broken_rule;
}

#ifdef ARCH_CALL_RULES
/* Of the architecture's own rules on registers. */
static const char *register_rule_broken(void)
{
#define AS_RULE(rule, offset, mask, kept) {rule, offset, kept, (uintptr_t)(mask)},
    static const struct {
        const char *rule;
        uint16_t offset;
        bool kept;
        uintptr_t mask;
    } rules[] = {ARCH_CALL_RULES(AS_RULE)};
#undef AS_RULE
    for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
        uintptr_t before, now;
        memcpy(&before, everypc_snapshot.bytes + rules[k].offset, sizeof before);
        memcpy(&now, everypc_at_call.bytes + rules[k].offset, sizeof now);
        if ((now ^ (rules[k].kept ? before : 0)) & rules[k].mask)
            return rules[k].rule;
    }
    return NULL;
}
#else
static const char *register_rule_broken(void)
{
    return NULL;
}
#endif

static const char *rule_broken_at(uintptr_t sp)
{
    if (!on_case_stack(sp))
        return "SP on the case's stack";
    return sp % ARCH_STACK_ALIGN != 0 ? "SP aligned" : register_rule_broken();
}

uint32_t adversary_depth(void)
{
    return (uint32_t)depth;
}

static bool on_stack(uintptr_t sp)
{
    return sp >= (uintptr_t)case_stack + STACK_CANARY && sp <= (uintptr_t)case_stack + STACK_SIZE;
}

IN_PAGE(2048) void adversary_enter(uintptr_t sp)
{
    n_noted = 0;
    if (!on_stack(sp))
        return;
    top = sp & -sizeof(uintptr_t);
    uintptr_t *stack = (uintptr_t *)(top - TURNED_OVER),
              *low = (uintptr_t *)((uintptr_t)case_stack + STACK_CANARY);
    size_t k = 0;
    for (; stack + k < low; k++)
        below[k] = 0;
#pragma GCC unroll 16
    for (; k < sizeof below / sizeof *below; k++)
        below[k] = stack[k] = ~stack[k];
}

void adversary_note(uint16_t offset, uintptr_t value)
{
    if (n_noted < MAX_NOTED)
        noted[n_noted++] = (struct noted){offset, value};
}

static const void *injected(uintptr_t sp)
{
    /* Atomically, as a scheduler takes its locks: a reservation of the interrupted thread's (LL) is gone. */
    uint32_t seen = calls;
    while (!__atomic_compare_exchange_n(&calls, &seen, seen + 1, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        ;
    if (!broken_rule)
        broken_rule = rule_broken_at(sp);
    for (int k = 0; k < n_noted; k++)
        memcpy(everypc_snapshot.bytes + noted[k].offset, &noted[k].value, sizeof noted[k].value);
    state_turn_over(&everypc_garbage, &everypc_snapshot);
    thread_move();
    stack_guard_lower();
    if (meanwhile)
        meanwhile();
    depth = top - sp;
    uintptr_t end = depth + ADVERSARY_REFILL;
    return (const uint8_t *)below +
           (end <= TURNED_OVER && end % sizeof(uintptr_t) == 0 ? TURNED_OVER - end : 0);
}

void adversary_begin(void (*in_call)(void))
{
    injected_call_set(injected);
    meanwhile = in_call;
    calls = 0;
    broken_rule = NULL;
}
