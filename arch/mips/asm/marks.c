/* mips: which Progs are unsafe and which restart (Go 1.19 to 1.27.4, cmd/internal/obj/mips/asm0.go,
 * isUnsafePoint and isRestartable). The predicate looks at every operand that can name REGTMP. */
#include "optab.h"

static bool names_regtmp(const struct operand *a)
{
    return a->reg == MIPS_REGTMP || a->index == MIPS_REGTMP || a->reg2 == MIPS_REGTMP;
}

bool mips_is_unsafe_point(const void *prog)
{
    const struct prog *p = prog;
    for (int k = 0; k < p->n_args; k++)
        if (names_regtmp(&p->arg[k]))
            return true;
    return false;
}

bool mips_is_restartable(const void *prog)
{
    const struct prog *p = prog;
    return !mips_is_unsafe_point(prog) && (p->entry->flags & USES_REGTMP) != 0;
}
