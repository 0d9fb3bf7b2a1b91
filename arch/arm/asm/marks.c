/* arm: the assembler marks nothing (Go 1.19 to 1.27.4, cmd/internal/obj/arm/asm5.go calls no
 * MarkUnsafePoints), since the injected call restores REGTMP (R11): a Prog can be left and resumed at each of
 * its instructions. What marks there are come from PCDATA written by hand, as Go's prologues and compiler
 * write it. */
#include "optab.h"

bool arm_is_unsafe_point(const void *prog)
{
    (void)prog;
    return false;
}

bool arm_is_restartable(const void *prog)
{
    (void)prog;
    return false;
}
