/* What must be in registers, and after a sequence, so that its memory operands are somewhere in a probe. */
#ifndef EVERYPC_GO_PLACE_H
#define EVERYPC_GO_PLACE_H

#include "sequence.h"

enum { MAX_INITS = 16, MAX_LITERALS = 4 };

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

/* Finds initial values so that every memory operand is in the arena, on the stack near the case's entry, in a
 * literal, or at an address of which a probe may map a page (probe/maps.h). False, and p->bad and p->why, if
 * there are none. */
bool sequence_place(const struct sequence *s, struct placement *p);

#endif
