/* The registers that an instruction stores or loads. */
#ifndef EVERYPC_GO_DATA_H
#define EVERYPC_GO_DATA_H

#include "cfg.h"

enum { MAX_DATA = 16 };

/* General registers that the only memory operand stores or loads, a word each and nothing else, in the order
 * in which they lie in memory. Returns how many, 0 where that can't be said. */
int data_units(const struct effects_arch *arch, const struct effects *fx, int16_t unit[MAX_DATA]);

#endif
