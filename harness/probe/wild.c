/* Read-only code: see wild.h, and cases.ld for where it lies; case_memory.c has the fences around arena and
 * stack. Of the pages around a case there is a copy. */
#include "wild.h"

#include <string.h>

#include "case_memory.h"
#include "code_written.h"
#include "system.h"

extern uint8_t everypc_room_begin[], everypc_code_begin[], everypc_code_end[], everypc_room_end[];

static uint8_t kept[1 << 17];
static uintptr_t kept_from;
static size_t n_kept;

static bool put_fences(void)
{
    uintptr_t memory = (uintptr_t)everypc_memory;
    bool ok = system_protect((uintptr_t)everypc_room_begin, (uintptr_t)everypc_code_begin, ACCESS_NONE) &&
              system_protect((uintptr_t)everypc_code_end, (uintptr_t)everypc_room_end, ACCESS_NONE);
    static const uintptr_t fences[] = {0, 2, 5}; /* around arena and stack (case_memory.c) */
    for (size_t k = 0; ok && k < sizeof fences / sizeof *fences; k++)
        ok = system_protect(memory + fences[k] * FENCE_SIZE, memory + (fences[k] + 1) * FENCE_SIZE,
                            ACCESS_NONE);
    return ok;
}

bool wild_begin(const struct test_case *c, bool in_place)
{
    static bool fenced;
    uintptr_t page = system_page(), begin = (uintptr_t)everypc_code_begin, end = (uintptr_t)everypc_code_end;
    uintptr_t from = (uintptr_t)c->code & ~(page - 1), to = ((uintptr_t)c->limit + page - 1) & ~(page - 1);
    fenced = fenced || put_fences();
    n_kept = in_place ? to - from : 0;
    if (n_kept > sizeof kept || !fenced || !system_protect(begin, end, ACCESS_CODE))
        return false;
    kept_from = from;
    memcpy(kept, (void *)from, n_kept);
    return !in_place || system_protect(from, to, ACCESS_ALL);
}

bool wild_mend(void)
{
    if (memcmp(kept, (void *)kept_from, n_kept) == 0)
        return false;
    memcpy((void *)kept_from, kept, n_kept);
    code_written((char *)kept_from, (char *)kept_from + n_kept);
    return true;
}

void wild_end(void)
{
    system_protect((uintptr_t)everypc_code_begin, (uintptr_t)everypc_code_end, ACCESS_ALL);
}
