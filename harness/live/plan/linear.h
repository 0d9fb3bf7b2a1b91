/* Registers as sums, along straight code: a number, or what some register held plus a number. Unlike values.h
 * it does not know where a number comes from in another block, and knows of sums of what is not known. */
#ifndef EVERYPC_LIVE_LINEAR_H
#define EVERYPC_LIVE_LINEAR_H

#include "go/flow/cfg.h"

enum { NUMBER = 0 }; /* origin of a sum that is a number */

struct sum {
    int32_t
        origin; /* NUMBER, -1 - unit: what that unit held at the function's entry, or an unknown value's */
    int64_t c;
};

struct linear {
    struct sum of[MAX_UNITS];
    int32_t unknown; /* the last unknown value's origin */
};

/* Calls visit at each instruction of a function that control is seen to reach, before it has stepped. */
typedef void linear_visitor(void *context, const struct linear *l, const struct insn *insn);
void linear_walk(struct linear *l, const struct cfg *cfg, linear_visitor *visit, void *context);
/* The address of a memory operand before an instruction; false where it is no such sum. */
bool linear_address(const struct linear *l, const struct effect_mem *mem, struct sum *out);

#endif
