/* Guard shots: signals that find the thread in a state in which the decision must refuse, or just not yet.
 * Each guard is a case of its own that runs the same code, "guard.idle", which does nothing; a scene changes
 * what the handler finds. */
#ifndef EVERYPC_GUARD_H
#define EVERYPC_GUARD_H

#include "fire.h"
#include "oracle.h"

/* The case that all guards run; null in a probe that was built without it (of the user's own files only). */
const struct test_case *guard_base(void);
/* The guards; none without the base. They live as long as the probe. */
uint32_t guard_count(void);
const struct test_case *guard_case(uint32_t k);

/* Whether this case is a guard. If so its shots are delivered in its scene from now on, else in none. */
bool guard_enter(const struct test_case *c);
/* What is right in the guard entered, for a shot that landed. */
struct expectation guard_expects(const struct test_case *c, const struct shot *s);

#endif
