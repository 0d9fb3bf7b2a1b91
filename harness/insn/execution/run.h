/* One instruction, run once. */
#ifndef EVERYPC_EFFECTS_RUN_H
#define EVERYPC_EFFECTS_RUN_H

#include <signal.h>

#include "cases.h"
#include "layout.h"
#include "arch.h"

/* The signal that ends a run after some seconds: a jump may have led into code that does not end. It may also
 * come in a run that would have ended, so it says nothing. */
#define RUN_HANGS SIGPROF

/* What a run begins with, and what it ends with. */
struct image {
    struct state regs;
    _Alignas(8) uint8_t arena[ARENA_SIZE];
};
/* Memory is gone through in words: nearly every instruction leaves nearly all of it alone, and an emulator
 * runs this. */
typedef uint64_t __attribute__((may_alias)) word;
enum { WORDS = ARENA_SIZE / sizeof(word) };

struct outcome {
    struct image end;
    int signal;   /* that ended it */
    uintptr_t pc; /* where */
};

/* Maps slot and arena, catches signals. False, with a line on standard error, if the system refuses. */
bool run_begin(void);
/* Puts the instruction into the slot; returns its address. */
uintptr_t run_place(const struct effects_case *c);
/* The memory that each run begins with from now on; it must stay as it is. */
void run_memory(const uint8_t arena[ARENA_SIZE]);
void run(const struct state *regs, uintptr_t entry, struct outcome *out);

#endif
