/* Effects as one line of text, for people and for tests of the tables. */
#ifndef EVERYPC_EFFECTS_TEXT_H
#define EVERYPC_EFFECTS_TEXT_H

#include "effects.h"

/* A unit's name, "x27" or "v0.1" (the second 8 bytes), "-" for NO_UNIT. Returns text. */
const char *unit_text(const struct effects_arch *arch, int unit, char text[32]);

/* What is not as for a NOP, parts divided by "; ": flow with its target and flags, `r` units read, `w`
 * written wholly, `p` changed in part, memory, values. "jump 0x40; r x0 sp; w x1; p fpsr; load 8
 * [x0+x1*8+16]; sp=sp+0x10". Cut to fit. */
void effects_text(const struct effects_arch *arch, const struct effects *fx, char *out, size_t size);

#endif
