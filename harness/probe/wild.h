/* Protection from runs that are expected to go wrong: the resume PC in a clobbered register makes a good
 * address to store to. Their memory and registers are set up anew before each run anyway; the code of the
 * cases is not. */
#ifndef EVERYPC_WILD_H
#define EVERYPC_WILD_H

#include <stdbool.h>

#include "case.h"

/* Puts fences up around the code, arena and stack of cases, for good; makes the code of all cases read-only,
 * but for what is needed to patch this one (`in_place`), of which it keeps a copy. False if the system
 * refuses, or the case is larger than 128 KB. */
bool wild_begin(const struct test_case *c, bool in_place);
/* After a run: puts back what it wrote in the code around the case. True if it wrote there. */
bool wild_mend(void);
/* Makes all code writable again. */
void wild_end(void);

#endif
