/* What an injected call does not preserve: measured, and handed over in a file. */
#ifndef EVERYPC_GO_LOST_H
#define EVERYPC_GO_LOST_H

#include "insn/effects.h"

struct lost {
    struct unitset units;
    uint32_t kept_below_sp; /* bytes below SP that survive */
};

/* Nothing lost, and below SP what the architecture's pushCall leaves alone. */
struct lost lost_nothing(const struct effects_arch *arch);

/* Reads {"target": "arm64", "lost": [{"reg": "x27", "parts": [0]}, ...], "kept_below_sp": 8}. A part is 8
 * bytes of the register in the order of the architecture's list; without parts, all of it is lost.
 * kept_below_sp may be missing. False and an error: no such file, not of this form, of another target, or
 * with a register that the architecture does not have. */
bool lost_read(const char *path, const struct effects_arch *arch, struct lost *lost, struct error *e);

#endif
