/* ppc64: instructions of primary opcodes 4 and 60. */
#ifndef EVERYPC_PPC64_EFFECTS_VECTOR_H
#define EVERYPC_PPC64_EFFECTS_VECTOR_H

#include "effects_word.h"

bool ppc64_vector(struct effects *fx, uint32_t word);
bool ppc64_vsx(struct effects *fx, uint32_t word);

#endif
