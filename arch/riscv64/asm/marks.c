/* riscv64: which Progs are unsafe (Go 1.19 to 1.27.4, cmd/internal/obj/riscv/obj.go, isUnsafePoint: any
 * machine instruction of the Prog with X31 in it). Go restarts none, though its sequences through X31 could
 * be. */
#include "optab.h"

static bool names_regtmp(const struct operand *a)
{
    switch (a->kind) {
    case OPERAND_REG:
    case OPERAND_MEM:
    case OPERAND_ADDR:
        return a->reg == RISCV64_REGTMP || a->index == RISCV64_REGTMP;
    default:
        return false;
    }
}

bool riscv64_is_unsafe_point(const void *prog)
{
    const struct prog *p = prog;
    for (int k = 0; k < p->n_args; k++)
        if (names_regtmp(&p->arg[k]))
            return true;
    return (p->entry->flags & USES_REGTMP) != 0;
}

bool riscv64_is_restartable(const void *prog)
{
    (void)prog;
    return false;
}
