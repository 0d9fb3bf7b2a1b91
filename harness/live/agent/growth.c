#include <stdbool.h>

#include "growth.h"

#include "inside.h"
#include "kernel.h"
#include "plain.h"

/* The entry at which control was let go on last. */
static struct shots_pc *held;

bool growth_begins(struct shots_pc *p, ucontext_t *uc, int signal)
{
    if (!(p->role & ROLE_ENTRY) || p->postponed == UINT8_MAX || !inside_wants_room(uc, p->postponed != 0))
        return false;
    p->postponed++;
    if (!held && !plain_is_blocked(uc, signal)) {
        held = p;
        plain_block(uc, signal, true);
    }
    return true;
}

void growth_let_go(const struct shots_pc *at, ucontext_t *uc, int signal)
{
    uint64_t pc = at->pc;
    if (!held || (pc != held->next[0] && pc != held->next[1]) || !plain_is_blocked(uc, signal))
        return;
    held = NULL;
    plain_block(uc, signal, false);
}
