/* loong64: which Progs are unsafe and which restart (Go 1.19, cmd/internal/obj/loong64/asm.go, isUnsafePoint
 * and isRestartable). Go looks at three operands; this at every one that can name REGTMP. */
#include "optab.h"

static bool names_regtmp(const struct operand *a)
{
    switch (a->kind) {
    case OPERAND_REG:
    case OPERAND_MEM:
    case OPERAND_ADDR:
        return a->reg == LOONG64_REGTMP || a->index == LOONG64_REGTMP;
    default:
        return false;
    }
}

bool loong64_is_unsafe_point(const void *prog)
{
    const struct prog *p = prog;
    for (int k = 0; k < p->n_args; k++)
        if (names_regtmp(&p->arg[k]))
            return true;
    return false;
}

bool loong64_is_restartable(const void *prog)
{
    const struct prog *p = prog;
    return !loong64_is_unsafe_point(prog) && (p->entry->flags & USES_REGTMP) != 0;
}
