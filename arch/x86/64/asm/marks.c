/* amd64: which Progs are unsafe (Go 1.19 to 1.27.4, cmd/internal/obj/x86/asm6.go, useTLS): the second
 * instruction of a two-instruction TLS access, whose register holds the base of the thread that ran the
 * first. Nothing restarts: there is no REGTMP. Unlike Go's, the predicate looks at every operand: stores too.
 */
#include "optab.h"

bool amd64_is_unsafe_point(const void *prog)
{
    const struct prog *p = prog;
    for (int k = 0; k < p->n_args; k++)
        if (p->arg[k].index == X86_TLS)
            return true;
    return false;
}
