/* POSIX: memory by mmap. */
#include <sys/mman.h>
#include <unistd.h>

#include "probe/system.h"

size_t system_page(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

static void *map(uintptr_t at, size_t bytes, int protection, int flags)
{
    void *got = mmap((void *)at, bytes, protection, flags | MAP_ANONYMOUS, -1, 0);
    return got == MAP_FAILED ? NULL : got;
}

void *system_map(size_t bytes)
{
    return map(0, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE);
}

void *system_map_at(uintptr_t at, size_t bytes)
{
    void *got = map(at, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    if (!got || got == (void *)at)
        return got;
    munmap(got, bytes);
    return NULL;
}

void *system_map_shared(size_t bytes)
{
    return map(0, bytes, PROT_READ | PROT_WRITE, MAP_SHARED);
}

void system_unmap(void *at, size_t bytes)
{
    munmap(at, bytes);
}

bool system_protect(uintptr_t from, uintptr_t to, enum access access)
{
    static const int protections[] = {
        [ACCESS_NONE] = PROT_NONE,
        [ACCESS_DATA] = PROT_READ | PROT_WRITE,
        [ACCESS_CODE] = PROT_READ | PROT_EXEC,
        [ACCESS_ALL] = PROT_READ | PROT_WRITE | PROT_EXEC,
    };
    return mprotect((void *)from, to - from, protections[access]) == 0;
}

bool system_take_room(uintptr_t at, size_t bytes)
{
    return map(at, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED);
}

void system_leave_room(uintptr_t at, size_t bytes)
{
    map(at, bytes, PROT_NONE, MAP_PRIVATE | MAP_FIXED);
}
