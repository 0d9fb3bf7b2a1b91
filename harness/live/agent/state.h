/* The registers of a signal's context: how they differ, and what the agent writes down of it. */
#ifndef EVERYPC_LIVE_STATE_H
#define EVERYPC_LIVE_STATE_H

#include <stdbool.h>
#include <ucontext.h>

#include "live/shots.h"
#include "trap.h"

#ifndef ARCH_LIVE_BEHIND
#define ARCH_LIVE_BEHIND 0
#endif

/* Notes what is wrong at a PC, the first time for each oracle: what differs (and its number, or -1), what was
 * expected, and what was found. */
void state_differs(struct shots_pc *p, unsigned wrong, const char *what, int number, uint64_t expected,
                   uint64_t got);

/* A copy of a context, with room for what the kernel puts behind it. */
struct state_context {
    ucontext_t uc;
    uint8_t behind[ARCH_LIVE_BEHIND];
};
/* With what it points to. `to` must stay where it is. */
void state_copy(struct state_context *to, const ucontext_t *from);

/* Which words of a context are compared. */
enum state_which {
    STATE_ALL,
    STATE_KEPT,         /* but those that an injected call may lose */
    STATE_WITH_SCRATCH, /* the same with REGTMP */
};
void state_compare(struct shots_pc *p, unsigned wrong, const ucontext_t *before, const ucontext_t *after,
                   enum state_which which);

/* Word n of the context in the order of ARCH_CTX_WORDS, then of ARCH_LIVE_FP_WORDS; false behind the last
 * one. */
struct state_word {
    char name[16];
    int number; /* of a numbered register, or -1 */
    size_t offset, bytes;
    bool apart; /* of ARCH_LIVE_FP_WORDS */
    bool fp;    /* an FP register's */
};
bool state_word(size_t n, struct state_word *out);
/* The one of that name; false if there is none. */
bool state_named(const char *name, struct state_word *out);
/* 0 for one that the kernel has left out. */
uint64_t state_read(const ucontext_t *uc, const struct state_word *w);
void state_write(ucontext_t *uc, const struct state_word *w, uint64_t value);
/* Whether a Go function counts on nothing in that register behind a call. */
bool state_is_dead_behind_a_call(const struct state_word *w);

#endif
