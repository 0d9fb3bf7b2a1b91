/* What makes two sequences count as the same: their shape, or their bytes. */
#ifndef EVERYPC_GO_FINGERPRINT_H
#define EVERYPC_GO_FINGERPRINT_H

#include "sequence.h"

/* Mnemonics, which registers are equal, which are pointers, and how wide memory operands are. Immediates and
 * the registers' numbers are dropped. */
uint64_t sequence_shape(const struct sequence *s);
/* All bytes. */
uint64_t sequence_bytes(const struct sequence *s);
/* "adrp add ldr", cut to fit. */
void sequence_mnemonics(const struct sequence *s, char *out, size_t size);

#endif
