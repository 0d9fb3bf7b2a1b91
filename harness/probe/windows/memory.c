/* Windows: memory by VirtualAlloc. Address space is given out in blocks of 64 KB, and memory in them a page
 * at a time; the room around the cases' code is part of the program's image, whose pages stay and become
 * accessible or not. */
#include <string.h>

#include "probe/system.h"
#include "undo.h"

enum { BLOCK = 65536 }; /* dwAllocationGranularity of every Windows so far */

size_t system_page(void)
{
    return 4096; /* of x86 (dwPageSize) */
}

void *system_map(size_t bytes)
{
    void *at = VirtualAlloc(NULL, bytes, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    if (at)
        undo_map(at, bytes, true);
    return at;
}

void *system_map_at(uintptr_t at, size_t bytes)
{
    MEMORY_BASIC_INFORMATION info;
    uintptr_t from = at & -(uintptr_t)BLOCK;
    if (VirtualQuery((void *)at, &info, sizeof info) && info.State == MEM_COMMIT)
        return NULL;
    /* Another page of the block may be there already. */
    VirtualAlloc((void *)from, at + bytes - from, MEM_RESERVE, PAGE_READWRITE);
    if (!VirtualAlloc((void *)at, bytes, MEM_COMMIT, PAGE_READWRITE))
        return NULL;
    undo_map((void *)at, bytes, false);
    return (void *)at;
}

/* There is one process only. */
void *system_map_shared(size_t bytes)
{
    return system_map(bytes);
}

void system_unmap(void *at, size_t bytes)
{
    MEMORY_BASIC_INFORMATION info;
    if (!undo_unmap(at))
        return;
    if (VirtualQuery(at, &info, sizeof info) && info.AllocationBase == at)
        VirtualFree(at, 0, MEM_RELEASE);
    else
        VirtualFree(at, bytes, MEM_DECOMMIT);
}

bool system_protect(uintptr_t from, uintptr_t to, enum access access)
{
    static const DWORD protections[] = {
        [ACCESS_NONE] = PAGE_NOACCESS,
        [ACCESS_DATA] = PAGE_READWRITE,
        [ACCESS_CODE] = PAGE_EXECUTE_READ,
        [ACCESS_ALL] = PAGE_EXECUTE_READWRITE,
    };
    DWORD before;
    if (to == from)
        return true;
    if (!VirtualProtect((void *)from, to - from, protections[access], &before))
        return false;
    undo_protect((void *)from, to - from, before);
    return true;
}

bool system_take_room(uintptr_t at, size_t bytes)
{
    if (!system_protect(at, at + bytes, ACCESS_DATA))
        return false;
    memset((void *)at, 0, bytes);
    return true;
}

void system_leave_room(uintptr_t at, size_t bytes)
{
    system_protect(at, at + bytes, ACCESS_NONE);
}
