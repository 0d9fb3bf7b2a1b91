/* The names of the oracles: see verdict.h. */
#include "verdict.h"

#include <stdio.h>
#include <string.h>

#define ORACLE_NAME(id, name) [ORACLE_##id] = name,
static const char *const names[N_ORACLES] = {[NO_ORACLE] = "ok", ORACLES(ORACLE_NAME)};
#undef ORACLE_NAME

const char *oracle_name(enum oracle o)
{
    return names[o];
}

enum oracle oracle_find(const char *name)
{
    for (int k = NO_ORACLE + 1; k < N_ORACLES; k++)
        if (strcmp(names[k], name) == 0)
            return (enum oracle)k;
    return NO_ORACLE;
}

void oracle_names(char *out, size_t n)
{
    size_t at = 0;
    for (int k = NO_ORACLE + 1; k < N_ORACLES && at < n; k++)
        at += (size_t)snprintf(out + at, n - at, "%s%s", at ? ", " : "", names[k]);
}
