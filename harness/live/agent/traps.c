#include "traps.h"

#include "kernel.h"

static const uint8_t trap[] = ARCH_TRAP;

struct shots_head *plan;

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

void trap_arm(struct shots_pc *p)
{
    if (p->armed)
        return;
    memcpy(p->original, (void *)traps_address(p), sizeof trap);
    p->armed = 1;
    put(traps_address(p), trap);
}

void trap_lift(const struct shots_pc *p)
{
    put(traps_address(p), p->original);
}

void trap_disarm(struct shots_pc *p)
{
    if (!p->armed)
        return;
    put(traps_address(p), p->original);
    p->armed = 0;
}
