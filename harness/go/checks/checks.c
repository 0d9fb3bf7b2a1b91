/* The list of checks (checks.h), out of the one in finding.h. */
#include "checks.h"

#define NAME(number, function, name)     name,
#define FUNCTION(number, function, name) check_##function,

const char *const check_names[N_CHECKS] = {CHECKS(NAME)};
check_fn *const check_functions[N_CHECKS] = {CHECKS(FUNCTION)};
