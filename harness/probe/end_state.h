/* What a run ends with: registers, arena and stack; and the memory that it begins with. */
#ifndef EVERYPC_END_STATE_H
#define EVERYPC_END_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "case.h"
#include "case_memory.h"
#include "registers.h"
#include "thread.h"

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

/* Once: puts the canary at the low end of the stack. */
void memory_begin(void);
/* Whether it is still there. */
bool stack_canary_intact(void);
/* Resets arena, stack and threads to state `k`'s of the case. */
void memory_fill(const struct test_case *c, uint64_t seed, int k);
/* Copies what memory holds now. */
void memory_capture(struct end_state *e);

/* The golden run that the run which has just ended must not differ from. */
const struct end_state *golden_here(const struct golden *golden);
/* Whether a run ended as the golden one of its thread did; memory is compared where it lies now. Below the
 * final SP nothing counts, nor does REGTMP. */
bool state_equal(const struct golden *golden, const struct state *got, struct state_diff *diff);
/* The same, and nothing looks at it. */
bool state_as_golden(const struct golden *golden, const struct state *got);
/* Has each end state that state_equal finds wrong looked at before it returns; null: none. */
typedef void state_observer(const struct golden *golden, const struct state *got);
void state_observe(state_observer *observer);

/* A register, or a run of bytes in memory, that is another than it should be: values in hex, of a register as
 * format_reg writes it, of memory in its own order. */
struct differing {
    char what[32];
    char expected[160], got[160], bits[160]; /* bits: those that differ; empty where there are none to show */
};
/* Hands each difference to `take`, by the rules of state_equal. */
void state_differences(const struct golden *golden, const struct state *got,
                       void (*take)(const struct differing *));

/* The same of the registers that the platform loses (reg_lose). */
bool state_lost_equal(const struct golden *golden, const struct state *got, struct state_diff *diff);

#endif
