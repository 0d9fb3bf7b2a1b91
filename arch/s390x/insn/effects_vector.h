/* s390x: vector instructions, whose first byte is 0xe7. */
#ifndef EVERYPC_S390X_EFFECTS_VECTOR_H
#define EVERYPC_S390X_EFFECTS_VECTOR_H

#include "insn/effects.h"

/* Completes *fx as an architecture's fill does; false for those that are not known. */
bool s390x_vector(const uint8_t *bytes, struct effects *fx);

#endif
