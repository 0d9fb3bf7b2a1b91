/* Holds what an instruction is said to do against what it does. */
#ifndef EVERYPC_EFFECTS_JUDGE_H
#define EVERYPC_EFFECTS_JUDGE_H

#include "cases.h"

/* Runs the instruction from many states and prints the lines of layout.h. */
void judge(const struct effects_header *h, const struct effects_case *c);

#endif
