/* Which functions of Go's runtime never return to their caller. */
#ifndef EVERYPC_GO_NORETURN_H
#define EVERYPC_GO_NORETURN_H

#include <stdbool.h>

/* By name, with the package and without an ABI suffix or with one: "runtime.gopanic", "runtime.panicIndex".
 */
bool never_returns_name(const char *name);

#endif
