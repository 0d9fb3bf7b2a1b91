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
    uint8_t arena[ARENA_SIZE];
};

struct outcome {
    struct image end;
    int signal;   /* that ended it */
    uintptr_t pc; /* where */
};

/* Maps slot and arena, catches signals. False, with a line on standard error, if the system refuses. */
bool run_begin(void);
/* Puts the instruction into the slot; returns its address. */
uintptr_t run_place(const struct effects_case *c);
void run(const struct image *in, uintptr_t entry, struct outcome *out);

#endif
