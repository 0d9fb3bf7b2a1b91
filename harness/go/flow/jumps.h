/* Jumps through tables of addresses. */
#ifndef EVERYPC_GO_JUMPS_H
#define EVERYPC_GO_JUMPS_H

#include "cfg_memory.h"

/* Notes the jump at an instruction, the last that was found or the one before its delay slot, and
 * resolves it where the run up to it says which table it goes through. Valid until the next call. */
struct jump *jump_add(struct cfg *cfg, int32_t insn);

#endif
