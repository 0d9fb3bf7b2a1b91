/* s390x: which Progs are unsafe (Go 1.19 to 1.27.4, cmd/internal/obj/s390x/asmz.go isUnsafePoint): those that
 * name REGTMP, and those whose expansion uses it. None restarts, as in Go: many long forms write the
 * condition code or R11 on their way. Unlike Go's, the predicate looks at every operand that can name REGTMP:
 * index registers, and the ranges of LMG and STMG. */
#include <string.h>

#include "optab.h"

static bool names_regtmp(const struct operand *a)
{
    switch (a->kind) {
    case OPERAND_REG:
    case OPERAND_MEM:
    case OPERAND_ADDR:
        return a->reg == S390X_REGTMP || a->index == S390X_REGTMP;
    default:
        return false;
    }
}

/* Load and store multiple: R9, R11 means R9 to R11, and R14, R12 all but R13. */
static bool range_holds_regtmp(const struct prog *p)
{
    static const char *const multiple[] = {"LMG", "LMY", "STMG", "STMY"};
    for (size_t k = 0; k < sizeof multiple / sizeof *multiple; k++) {
        if (strcmp(p->op, multiple[k]) != 0 || p->n_args != 3)
            continue;
        const struct operand *a = p->arg[0].kind == OPERAND_REG ? &p->arg[0] : &p->arg[1];
        int first = REG_NUMBER(a[0].reg), last = REG_NUMBER(a[1].reg), tmp = REG_NUMBER(S390X_REGTMP);
        return first <= last ? first <= tmp && tmp <= last : tmp >= first || tmp <= last;
    }
    return false;
}

bool s390x_is_unsafe_point(const void *prog)
{
    const struct prog *p = prog;
    for (int k = 0; k < p->n_args; k++)
        if (names_regtmp(&p->arg[k]))
            return true;
    return range_holds_regtmp(p) || (p->entry && (p->entry->flags & USES_REGTMP));
}
