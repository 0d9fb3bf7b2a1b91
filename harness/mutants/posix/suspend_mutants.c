/* POSIX: no thread is suspended. */
#include <stddef.h>

#include "mutants/mutants.h"

static uint32_t count(const struct options *o)
{
    (void)o;
    return 0;
}

const struct mutant_kind suspend_mutants = {"suspend", count, NULL, NULL, NULL, NULL, NULL};
