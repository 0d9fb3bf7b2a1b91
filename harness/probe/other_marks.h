/* Marks in place of those that the cases were assembled with: --marks FILE. So one probe can be run with the
 * marks of another build, or with a mixture of both. */
#ifndef EVERYPC_OTHER_MARKS_H
#define EVERYPC_OTHER_MARKS_H

#include <stdbool.h>

#include "case.h"

/* Reads a file of lines "CASE MARK MARK ...", the marks (enum unsafe_point) of all Progs of a case in their
 * order; cases that it leaves out keep theirs. False, and a line on standard error, if it can't be read,
 * names a case that is not there, or has other than one mark for each Prog. */
bool other_marks_read(const char *path);

/* everypc_cases[k], with other marks where there are any: the oracles' and, encoded, the handler's. */
const struct test_case *with_other_marks(uint32_t k);
/* Of any number, the guard cases' included. */
bool has_other_marks(uint32_t k);

#endif
