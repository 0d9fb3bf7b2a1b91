/* The list of architectures, from the Makefile's list of targets. */
#include <string.h>

#include "prog.h"

#define TARGET(name) extern const struct asm_arch asm_arch_##name;
ALL_TARGETS
#undef TARGET

#define TARGET(name) &asm_arch_##name,
const struct asm_arch *const asm_arches[] = {ALL_TARGETS NULL};

const struct asm_arch *asm_arch_find(const char *target)
{
    for (int k = 0; asm_arches[k]; k++)
        if (strcmp(asm_arches[k]->target->name, target) == 0)
            return asm_arches[k];
    return NULL;
}
