/* Pins: a branch-to-self at a PC of a case, where the thread waits for a signal; or, where it is only to be
 * noticed that it comes by, a trap, which costs a tenth of a timer. A case that works at any address is
 * copied once for each PC, each copy pinned at its own, before the first shot; any other is patched in place
 * for each shot. */
#ifndef EVERYPC_PINS_H
#define EVERYPC_PINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arch.h"
#include "case.h"

enum { PIN_SIZE = sizeof((const uint8_t[])ARCH_SPIN) }; /* bytes; a trap, which is shorter, is filled up */

/* Where a case's PCs are pinned. */
struct pins {
    const struct test_case *c;
    uint8_t *copies; /* one copy of the case a PC, each with its pin; null: pinned in place */
    uint8_t *traps;  /* the same with traps, if the case has loops or blocks */
    size_t stride;   /* bytes from copy to copy */
    bool no_traps;   /* visits are counted by spins too: a trap would change what the case does */
};

/* Prepares a case for pinning: copies where its code allows it and `in_place` does not forbid it. They are
 * good until the next case's. */
bool pins_open(struct pins *p, const struct test_case *c, bool in_place);

/* PC number `pc` in the clean code. */
const uint8_t *pins_clean(const struct test_case *c, uint32_t pc);
/* The copy that is pinned at PC `pinned`, by a spin or a trap. */
uint8_t *pins_copy(const struct pins *p, uint32_t pinned, bool trap);
/* The place of PC `pc` in it. */
uint8_t *pins_in_copy(const struct pins *p, uint32_t pinned, bool trap, uint32_t pc);
/* Where that copy comes to its end. The way out of the clean code does not work from a copy, so the thread
 * is stopped there too, and the signal moves it. */
uint8_t *pins_copy_end(const struct pins *p, uint32_t pinned, bool trap);
/* The number of the PC at this address of the clean code, or UINT32_MAX. */
uint32_t pins_pc_index(const struct test_case *c, uintptr_t pc);
/* Writes PIN_SIZE bytes of code. */
void pins_patch(uint8_t *at, const uint8_t *bytes);
/* The bytes of a spin or a trap. */
const uint8_t *pins_bytes(bool trap);
/* Whether a signal at this PC comes from the trap at `at`. */
bool pins_trapped(uintptr_t pc, const uint8_t *at);

#endif
