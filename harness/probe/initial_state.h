/* The initial registers of a case, in each of its states. */
#ifndef EVERYPC_INITIAL_STATE_H
#define EVERYPC_INITIAL_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "arch.h"
#include "case.h"

/* clang-format off */
enum {
    N_STATES = 2,       /* initial states that every case is run with */
    MAX_STATES = 32,    /* and how many are tried for a PC that none of them reaches */
    /* The truth is also tried from states in which registers are likely to be mistaken for each other: */
    STATE_ZERO = MAX_STATES, /* all registers without a value of the case's own are zero */
    STATE_SIGN,              /* only the highest bit of each 4 bytes is set in them */
    STATE_EQUAL,             /* all hold the same random value */
    /* all hold the first pointer to the arena that the case has: as base and as destination */
    STATE_POINTERS,
    STATE_UNALIGNED_1,       /* random again; the case's pointers to the arena are 1, 2 or 4 bytes off */
    STATE_UNALIGNED_2,
    STATE_UNALIGNED_4,
    ALL_STATES,
};
/* clang-format on */

/* The initial registers of state number `k` (0 to ALL_STATES-1) of a case. */
void state_fill(struct state *s, const struct test_case *c, uint64_t seed, int k);
/* Its stack pointer where the case does not set it. Over the cases of a run, it has every residue modulo
 * SP_RESIDUES that the architecture allows; in state 0, and in most others, it is aligned to no more than
 * ARCH_STACK_ALIGN. */
uintptr_t state_entry_sp(const struct test_case *c, int k);
/* Whether the case has pointers that state `k` moves away from their alignment. */
bool state_is_unaligned(const struct test_case *c, int k);

#endif
