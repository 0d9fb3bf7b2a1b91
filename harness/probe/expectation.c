/* Reading the marks: see expectation.h. */
#include "expectation.h"

#include "arch.h"

static bool is_restart(int32_t mark)
{
    return mark == MARK_RESTART_1 || mark == MARK_RESTART_2;
}

uint32_t restart_start(const struct test_case *c, uint32_t prog)
{
    int32_t mark = c->progs[prog].value;
    while (is_restart(mark) && prog > 0 && c->progs[prog - 1].value == mark)
        prog--;
    return c->progs[prog].offset;
}

struct expectation expected_decision(const struct test_case *c, uint32_t pc, uintptr_t lr)
{
    uint32_t prog = c->pcs[pc].prog;
    uintptr_t here = (uintptr_t)c->entry + c->pcs[pc].offset;
    int32_t mark = c->progs[prog].value;
    if (ARCH_HALF_CALL && lr == here + ARCH_HALF_CALL)
        return (struct expectation){false, 0};
    if (mark == MARK_SAFE)
        return (struct expectation){true, here};
    if (mark == MARK_ENTRY)
        return (struct expectation){true, (uintptr_t)c->entry};
    if (!is_restart(mark))
        return (struct expectation){false, 0};
    uintptr_t start = (uintptr_t)c->entry + restart_start(c, prog);
    if (here - start > RESTART_BOUND)
        return (struct expectation){false, 0};
    return (struct expectation){true, start};
}
