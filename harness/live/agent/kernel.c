#include <stdbool.h>

#include "kernel.h"

#include <fcntl.h>
#include <signal.h>

uintptr_t kernel_map(uintptr_t at, size_t size, int protection, int flags, int fd, uint64_t offset)
{
#ifdef SYS_mmap2
    return (uintptr_t)CALL(SYS_mmap2, at, size, protection, flags, fd, offset / 4096);
#elif defined ARCH_MMAP_BY_BLOCK
    unsigned long args[6] = {at,    size, (unsigned long)protection, (unsigned long)flags, (unsigned long)fd,
                             offset};
    return (uintptr_t)CALL(SYS_mmap, args, 0, 0, 0, 0, 0);
#else
    return (uintptr_t)CALL(SYS_mmap, at, size, protection, flags, fd, offset);
#endif
}

bool kernel_read(int fd, void *out, size_t n, uint64_t offset)
{
    uint8_t *to = out;
    if (CALL(SYS_lseek, fd, offset, 0, 0, 0, 0) < 0)
        return false;
    while (n) {
        long got = CALL(SYS_read, fd, to, n, 0, 0, 0);
        if (got <= 0)
            return false;
        to += got;
        n -= (size_t)got;
    }
    return true;
}

long kernel_sigaction(int number, const struct kernel_sigaction *set, struct kernel_sigaction *old)
{
    return CALL(SYS_rt_sigaction, number, set, old, ARCH_SIGSET_SIZE, 0, 0);
}

long kernel_thread(void)
{
    return CALL(SYS_gettid, 0, 0, 0, 0, 0, 0);
}

void kernel_kill_thread(int number)
{
    long process = CALL(SYS_getpid, 0, 0, 0, 0, 0, 0);
    CALL(SYS_tgkill, process, kernel_thread(), number, 0, 0, 0);
}

bool kernel_peek(uintptr_t at, uintptr_t *word)
{
    static int pipe[2];
    if (!pipe[1])
        CALL(SYS_pipe2, pipe, O_CLOEXEC | O_NONBLOCK, 0, 0, 0, 0);
    return CALL(SYS_write, pipe[1], at, sizeof *word, 0, 0, 0) == (long)sizeof *word &&
           CALL(SYS_read, pipe[0], word, sizeof *word, 0, 0, 0) == (long)sizeof *word;
}

static void say(const char *text)
{
    size_t n = 0;
    while (text[n])
        n++;
    CALL(SYS_write, 2, text, n, 0, 0, 0);
}

void kernel_die(const char *text, const char *detail)
{
    say("everypc-agent: ");
    say(text);
    say(detail);
    say("\n");
    for (;;)
        CALL(SYS_exit_group, 2, 0, 0, 0, 0, 0);
}

/* Not by themselves: the compiler would make calls of memcpy out of the loops. */
#define PLAIN __attribute__((optimize("no-tree-loop-distribute-patterns")))

PLAIN void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ((uint8_t *)to)[i] = ((const uint8_t *)from)[i];
    return to;
}

PLAIN void *memmove(void *to, const void *from, size_t n)
{
    if ((uintptr_t)to < (uintptr_t)from)
        return memcpy(to, from, n);
    while (n--)
        ((uint8_t *)to)[n] = ((const uint8_t *)from)[n];
    return to;
}

PLAIN void *memset(void *to, int byte, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ((uint8_t *)to)[i] = (uint8_t)byte;
    return to;
}

PLAIN int memcmp(const void *a, const void *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (((const uint8_t *)a)[i] != ((const uint8_t *)b)[i])
            return ((const uint8_t *)a)[i] - ((const uint8_t *)b)[i];
    return 0;
}
