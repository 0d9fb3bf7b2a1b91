/* Guard shots: signals that find the thread in a state in which the decision must refuse, or just not yet.
 * Each guard is a case of its own that runs the same code, "guard.idle", which does nothing; a scene changes
 * what the handler finds. */
#ifndef EVERYPC_GUARD_CASES_H
#define EVERYPC_GUARD_CASES_H

#include <stdbool.h>
#include <stdint.h>

#include "case.h"
#include "expectation.h"
#include "shot.h"

/* The case that all guards run; null in a probe that was built without it (of the user's own files only). */
const struct test_case *guard_base(void);
/* The guards; none without the base. They live as long as the probe. */
uint32_t guard_count(void);
const struct test_case *guard_case(uint32_t k);

/* Whether this case is a guard. If so the request is to fire in its scene. */
bool guard_scene(const struct test_case *c, struct request *q);
/* What is right in this guard, for a shot that landed. */
struct expectation guard_expects(const struct test_case *c, const struct shot *s);

#endif
