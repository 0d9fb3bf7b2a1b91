/* All checks, by enum check: for who runs and reports them. */
#ifndef EVERYPC_GO_CHECKS_H
#define EVERYPC_GO_CHECKS_H

#include "check.h"

extern const char *const check_names[N_CHECKS]; /* "clobber", "below-sp" */
extern check_fn *const check_functions[N_CHECKS];

#endif
