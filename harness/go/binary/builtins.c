/* Names of the runtime's functions by number (builtins.h). */
#include "builtins.h"

#include <stddef.h>

#include "builtins_table.h"

const char *builtin_name(int minor, uint32_t i)
{
    int version = 0;
    while (version < BUILTIN_VERSIONS && builtin_minor[version] != minor)
        version++;
    if (version == BUILTIN_VERSIONS || i >= BUILTINS)
        return NULL;
    for (size_t k = 0; k < sizeof builtins / sizeof *builtins; k++)
        if (builtins[k].number[version] == i + 1)
            return builtins[k].name;
    return NULL;
}
