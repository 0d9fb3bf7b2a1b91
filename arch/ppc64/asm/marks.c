/* ppc64: which Progs are unsafe and which restart: none. REGTMP (R31) is restored by the injected call, so a
 * sequence through it may be interrupted anywhere, and a load through its destination (addis r3,r3; ld
 * r3,(r3)) may not be restarted. Go 1.19 to 1.27.4 (cmd/internal/obj/ppc64) mark
 * prologues only, and from 1.27.2 on tail calls of interface methods. What an injected call loses is CTR; it
 * lives across Progs, from MOVD R3, CTR to BDNZ, so no look at one Prog can protect it: such code says
 * PCDATA $0, $-2 by hand, as Go's compiler does for the operations that it expands to CTR loops. */
#include "optab.h"

bool ppc64_is_unsafe_point(const void *prog)
{
    (void)prog;
    return false;
}

bool ppc64_is_restartable(const void *prog)
{
    (void)prog;
    return false;
}
