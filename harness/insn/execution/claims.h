/* What an instruction's effects say of a state: values, and which memory. */
#ifndef EVERYPC_EFFECTS_CLAIMS_H
#define EVERYPC_EFFECTS_CLAIMS_H

#include "run.h"

enum { ROLE_LOAD = 1, ROLE_STORE = 2 };

/* Why the instruction can't be run here, or null. */
const char *claim_unfit(const struct effects_case *c);
/* What value number i says that its dst becomes; false if it is not followed. */
bool claim_value(const struct effects *fx, int i, const struct image *start, uint64_t *said);
/* The role of each byte of the arena. False, and all bytes in every role, where an operand's address or size
 * can't be said. */
bool claim_memory(const struct effects *fx, const struct state *regs, uint8_t role[ARENA_SIZE]);
/* Memory number k to begin with. */
void random_arena(int k, uint8_t arena[ARENA_SIZE]);

#endif
