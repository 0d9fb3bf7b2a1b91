/* What the runs (fire.c) tell the signal handlers (fire_signals.c), and these each other. No one else's. */
#ifndef EVERYPC_FIRE_SIGNALS_H
#define EVERYPC_FIRE_SIGNALS_H

#include <stdbool.h>
#include <stdint.h>

#include "arch.h"
#include "case.h"
#include "fire.h"
#include "pins.h"
#include "shot.h"

enum what { NOTHING, FLOOR, PIN, FREE, LEAVE, NESTED, BLOCKED };

extern struct firing {
    volatile enum what what;
    struct pins *pins;
    const struct test_case *c;
    uint32_t pc, at;        /* the PC asked for; the one that is pinned now */
    bool trap;              /* by a trap */
    uintptr_t spins_at;     /* its address */
    uint64_t since;         /* BLOCKED: when the thread went into the call */
    uint32_t visit;         /* asked for */
    const struct aim *next; /* PIN: where the signals after this one go */
    uint32_t n_next;
    bool in_call;            /* PIN: of the system call that the thread then goes into */
    uintptr_t nested_at;     /* PIN: where a second signal then goes, outside of the case; 0: nowhere */
    uint8_t saved[PIN_SIZE]; /* what a pin in place lies over */
    struct shot *shot;
    volatile bool pending; /* FREE: the signal is still due */
    void (*instead)(void); /* LEAVE: of the code under test; or null */
    volatile bool in_case;
    bool unmended; /* of the last request */
} fire;

/* What the system (system.h) calls with the context of the thread that it has stopped. A signal has come. */
void fire_signal(ucontext_t *uc);
/* The thread has faulted; `address`: where it may not read or write, null: something else is wrong. False:
 * outside of a case, so that it is the probe's own fault. */
bool fire_fault(ucontext_t *uc, int signal, const uintptr_t *address);
/* Time has passed (watchdog.h). */
void fire_tick(ucontext_t *uc);

/* Makes PC `pc` the one that is pinned; the thread's way to it leads through the code that is now current. */
void fire_set_pin(uint32_t pc, bool trap);
void fire_take_pin(void);
/* Whether a system call that blocks is on the way to this PC. */
bool fire_is_behind_call(uint32_t pc);

#endif
