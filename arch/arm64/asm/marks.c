/* arm64: which Progs are unsafe and which restart (Go 1.19 to 1.27.4, cmd/internal/obj/arm64/asm7.go span7,
 * isUnsafePoint and isRestartable). Unlike Go's, the predicate looks at every operand that can name REGTMP:
 * index registers, lists, and pairs, which Go looks at since 1.21. */
#include "optab.h"

static bool names_regtmp(const struct operand *a)
{
    switch (a->kind) {
    case OPERAND_REG:
    case OPERAND_SHIFTED:
        return a->reg == ARM64_REGTMP || a->index == ARM64_REGTMP;
    case OPERAND_MEM:
    case OPERAND_ADDR:
        return a->reg == ARM64_REGTMP || a->index == ARM64_REGTMP;
    case OPERAND_PAIR:
        return a->reg == ARM64_REGTMP || a->reg2 == ARM64_REGTMP;
    default:
        return false;
    }
}

bool arm64_is_unsafe_point(const void *prog)
{
    const struct prog *p = prog;
    for (int k = 0; k < p->n_args; k++)
        if (names_regtmp(&p->arg[k]))
            return true;
    return false;
}

bool arm64_is_restartable(const void *prog)
{
    const struct prog *p = prog;
    if (arm64_is_unsafe_point(prog))
        return false;
    return (p->entry->flags & USES_REGTMP) != 0;
}
