/* A straight run of a function's instructions that is to be executed outside of its binary: what must be in
 * registers and behind it so that its memory operands are somewhere; and its shape, by which sequences count
 * as the same. Host only. */
#ifndef EVERYPC_GO_SEQUENCE_H
#define EVERYPC_GO_SEQUENCE_H

#include "go/flow/cfg.h"

struct sequence {
    const struct cfg *cfg;
    struct decoder *decoder;
    int32_t first, n; /* instructions, by cfg_at */
};

static inline const struct insn *sequence_at(const struct sequence *s, int32_t k)
{
    return cfg_at(s->cfg, s->first + k);
}

/* ---- shape ---- */

/* Mnemonics, which registers are equal, which are pointers, and how wide memory operands are. Immediates and
 * the registers' numbers are dropped. */
uint64_t sequence_shape(const struct sequence *s);
/* All bytes. */
uint64_t sequence_bytes(const struct sequence *s);
/* "adrp add ldr", cut to fit. */
void sequence_mnemonics(const struct sequence *s, char *out, size_t size);

/* ---- placing ---- */

enum { MAX_INITS = 16, MAX_LITERALS = 4, MAX_SEQUENCE = 24 };

enum place { PLACE_ARENA, PLACE_STACK, PLACE_VALUE };

struct placement {
    struct {
        int16_t unit;
        enum place place;
        int64_t value; /* bytes from the arena's middle, from SP at a case's entry; or the value itself */
    } init[MAX_INITS];
    int n_inits;
    struct {
        uint64_t address; /* in the binary */
        uint32_t size;
        const uint8_t *bytes;
    } literal[MAX_LITERALS]; /* read by PC-relative loads: to lie at the same distance */
    int n_literals;
    int32_t bad;     /* the first instruction that can't be placed */
    const char *why; /* static */
};

/* How many of the first instructions can be executed elsewhere at all: known, with one way on, no system
 * call; without those that depend on the thread, or on nothing having come between (load-linked and its
 * store). */
int32_t sequence_runnable(const struct sequence *s, const char **why);

/* Finds initial values so that every memory operand is in the arena, on the stack near the case's entry, in a
 * literal, or at an address of which a probe may map a page (probe/maps.h). False, and p->bad and p->why, if
 * there are none. */
bool sequence_place(const struct sequence *s, struct placement *p);

#endif
