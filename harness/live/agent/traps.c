#include "traps.h"

#include "kernel.h"

#include <sys/mman.h>

#include "arch.h"

static const uint8_t trap[] = ARCH_TRAP;

struct shots_head *plan;

/* By the numbers of PCs. In the process's own memory: a copy of the process has its own traps, too. */
static struct trap_state {
    uint8_t armed;                 /* a trap is there now */
    uint8_t original[sizeof trap]; /* what it replaces */
} * states;

static struct trap_state *state_of(const struct shots_pc *p)
{
    return &states[p - traps_pcs()];
}

void traps_begin(void)
{
    uintptr_t at = kernel_map(0, (size_t)plan->n_pcs * sizeof *states, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (kernel_failed(at))
        kernel_die("there is no memory for traps", "");
    states = (struct trap_state *)at;
}

struct shots_pc *traps_pcs(void)
{
    return (struct shots_pc *)(plan + 1);
}

uintptr_t traps_address(const struct shots_pc *p)
{
    return (uintptr_t)(p->pc + plan->bias);
}

struct shots_pc *traps_find(uintptr_t pc)
{
    struct shots_pc *pcs = traps_pcs();
    uint64_t low = 0, high = plan->n_pcs, file_pc = pc - (uintptr_t)plan->bias;
    while (low < high) {
        uint64_t mid = (low + high) / 2;
        if (pcs[mid].pc == file_pc)
            return &pcs[mid];
        if (pcs[mid].pc < file_pc)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

/* Other threads may be executing there: all bytes at once. */
static void put(uintptr_t at, const uint8_t *bytes)
{
    if (sizeof trap == 4) {
        uint32_t word;
        memcpy(&word, bytes, 4);
        __atomic_store_n((uint32_t *)at, word, __ATOMIC_SEQ_CST);
    } else if (sizeof trap == 2) {
        uint16_t half;
        memcpy(&half, bytes, 2);
        __atomic_store_n((uint16_t *)at, half, __ATOMIC_SEQ_CST);
    } else {
        __atomic_store_n((uint8_t *)at, bytes[0], __ATOMIC_SEQ_CST);
    }
}

bool trap_is_armed(const struct shots_pc *p)
{
    return state_of(p)->armed;
}

void trap_arm(const struct shots_pc *p)
{
    struct trap_state *state = state_of(p);
    if (state->armed)
        return;
    memcpy(state->original, (void *)traps_address(p), sizeof trap);
    state->armed = 1;
    put(traps_address(p), trap);
}

void trap_disarm(const struct shots_pc *p)
{
    struct trap_state *state = state_of(p);
    if (!state->armed)
        return;
    put(traps_address(p), state->original);
    state->armed = 0;
}
