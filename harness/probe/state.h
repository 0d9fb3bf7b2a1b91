/* The state of a case: registers, arena and stack; filling, comparing and naming them. */
#ifndef EVERYPC_STATE_H
#define EVERYPC_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arch.h"
#include "case.h"
#include "thread.h"

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
    ARENA_SIZE = 1024,  /* bytes; memory operands point to its middle */
    STACK_SIZE = 131072, /* bytes: room for frames of 64 KB, which arm64 leaves in a step of its own kind */
    STACK_BELOW = 256,  /* bytes below the entry SP that each run starts with anew */
    STACK_ABOVE = 256,  /* bytes from the entry SP up that belong to the case */
    FENCE_SIZE = 65536, /* bytes */
    STACK_GUARD = 64,   /* bytes at the stack's low end that nothing may touch */
};
/* clang-format on */

extern const struct state_reg state_regs[];
extern const int n_state_regs;

/* Memory that a case may touch, at the same addresses in every run. */
extern uint8_t everypc_memory[6 * FENCE_SIZE]; /* both, and fences (wild.h) */
extern uint8_t everypc_arena[ARENA_SIZE];
extern uint8_t case_stack[STACK_SIZE];
uintptr_t entry_sp(void); /* SP at a case's entry */

/* Everything that a run ends with. */
struct end_state {
    struct state regs;
    uint8_t arena[ARENA_SIZE];
    uint8_t stack[STACK_BELOW + STACK_ABOVE];
    struct thread_cells thread;
};

/* What the runs without a signal end with, one on each thread: a run that changed threads must end as if it
 * had begun on the thread that it ends on. */
struct golden {
    struct end_state on[N_THREADS];
};

/* A difference: where, and both values as text. */
struct state_diff {
    char expected[96], got[96];
};

/* Once, before anything else: notes the registers that belong to the thread. */
void state_begin(void);
/* The initial registers of state number `k` (0 to ALL_STATES-1) of a case. */
void state_fill(struct state *s, const struct test_case *c, uint64_t seed, int k);
/* Whether the case has pointers that state `k` moves away from their alignment. */
bool state_is_unaligned(const struct test_case *c, int k);
/* Registers for the adversary to leave behind: in each bit that a state may hold the opposite of the
 * interrupted one. */
void state_turn_over(struct state *garbage, const struct state *interrupted);
/* From now on the register of this name is left with the same garbage each time, which may agree with a state
 * in some bits: to see that this is noticed. False if there is none. */
bool state_spare(const char *name);
/* The stack pointer of a state. */
uintptr_t state_sp(const struct state *s);
/* 8 bytes of the pattern that memory at an address has in state `k`. */
uint64_t pattern_word(uint64_t seed, int k, uintptr_t at);
/* Resets arena, stack and threads to state `k`'s. */
void memory_fill(uint64_t seed, int k);
/* Copies what memory holds now. */
void memory_capture(struct end_state *e);
/* The one that the run which has just ended must not differ from. */
const struct end_state *golden_here(const struct golden *golden);
/* Whether a run ended as the golden one of its thread did; memory is compared where it lies now. Below the
 * final SP nothing counts, nor does REGTMP. */
bool state_equal(const struct golden *golden, const struct state *got, struct state_diff *diff);
/* Whether register `k` is compared at all; whether two states differ in it. */
bool reg_counts(int k);
bool reg_differs(int k, const struct state *a, const struct state *b);
/* Sets in `bits` (as many bytes as the register has) the compared bits in which the two states differ; leaves
 * the others. */
void reg_difference(int k, const struct state *a, const struct state *b, uint8_t *bits);
/* From now on register `k` counts for the platform only: state_equal leaves it out, state_lost_equal compares
 * it. */
void state_lose(int k);
bool reg_lost(int k);
/* All registers count again. */
void state_keep(void);
bool state_lost_equal(const struct golden *golden, const struct state *got, struct state_diff *diff);
/* Whether the low end of the stack still holds its canary. */
bool stack_guard_intact(void);
/* A register's value as "0x..." with its name. */
void format_reg(const struct state_reg *r, const uint8_t *bytes, char *out, size_t n);

#endif
