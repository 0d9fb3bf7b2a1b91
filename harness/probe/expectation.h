/* What the marks of a case say of a PC, read naively: before they were encoded, one Prog after another. The
 * oracles' side of the decision; it shares nothing with the code that they judge (handle.c, pctab/), and says
 * the same facts of Go's objabi a second time on purpose. */
#ifndef EVERYPC_EXPECTATION_H
#define EVERYPC_EXPECTATION_H

#include <stdbool.h>
#include <stdint.h>

#include "case.h"

/* clang-format off */
enum {
    MARK_SAFE = -1, MARK_UNSAFE = -2, MARK_RESTART_1 = -3, MARK_RESTART_2 = -4, MARK_ENTRY = -5,
    RESTART_BOUND = 20, /* bytes: no restart range is longer */
};
/* clang-format on */

/* Whether the call is injected, and where the thread resumes. */
struct expectation {
    bool inject;
    uintptr_t resume_pc;
};
/* At PC number `pc`, interrupted with this link register. */
struct expectation expected_decision(const struct test_case *c, uint32_t pc, uintptr_t lr);

/* Where a restart of this Prog goes, as an offset: the beginning of the range of equal restart marks that it
 * is part of; with any other mark its own. */
uint32_t restart_start(const struct test_case *c, uint32_t prog);

#endif
