/* Which register of the state a name or an operand stands for. */
#include "state_reg.h"

#include <string.h>

int state_reg_index(const struct asm_arch *arch, const char *name)
{
    for (int k = 0; arch->target->state_regs[k]; k++)
        if (strcmp(arch->target->state_regs[k], name) == 0)
            return k;
    return -1;
}

int state_reg_of(const struct asm_arch *arch, int reg)
{
    struct operand a = {.kind = OPERAND_REG, .reg = reg};
    struct prog none = {.arch = arch};
    char name[32];
    if (!arch->format(&none, &a, "state", name, sizeof name) &&
        !arch->format(&none, &a, "", name, sizeof name))
        return -1;
    return state_reg_index(arch, name);
}
