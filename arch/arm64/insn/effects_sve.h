/* arm64: what instructions of SVE and SVE2 do. */
#ifndef EVERYPC_ARM64_EFFECTS_SVE_H
#define EVERYPC_ARM64_EFFECTS_SVE_H

#include "effects_operands.h"

/* SVE's part of the encodings (Arm ARM, C4.1). */
static inline bool arm64_is_sve(const cs_insn *cs)
{
    return (insn_word(cs) >> 25 & 15) == 2;
}

/* Completes *fx as fill does; false where capstone leaves operands out. */
bool arm64_sve(const cs_insn *cs, struct effects *fx);

#endif
