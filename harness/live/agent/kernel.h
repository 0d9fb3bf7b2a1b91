/* The kernel's interface as the agent needs it: system calls by their numbers, and no C library, whose
 * thread-local storage belongs to the program under test. */
#ifndef EVERYPC_LIVE_KERNEL_H
#define EVERYPC_LIVE_KERNEL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>

#include "start.h"
#include "trap.h"

#ifndef ARCH_KERNEL_SIGACTION
#define ARCH_KERNEL_SIGACTION \
    { \
        uintptr_t handler; \
        unsigned long flags; \
        uintptr_t restorer; \
        unsigned long mask[8 / sizeof(long)]; \
    }
#endif
struct kernel_sigaction ARCH_KERNEL_SIGACTION;

#ifndef ARCH_SIGSET_SIZE
#define ARCH_SIGSET_SIZE 8
#endif
#ifndef ARCH_TRAP_SIGNAL
#define ARCH_TRAP_SIGNAL SIGTRAP
#endif
#ifndef SA_RESTORER
#define SA_RESTORER 0x04000000
#endif

#define CALL(number, a, b, c, d, e, f) \
    agent_syscall(number, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

/* mmap(2) with the offset in bytes, a multiple of 4096. Returns the address, or -errno. */
uintptr_t kernel_map(uintptr_t at, size_t size, int protection, int flags, int fd, uint64_t offset);
static inline bool kernel_failed(uintptr_t result)
{
    return result > (uintptr_t)-4096;
}
/* Reads all n bytes at an offset of a file; false if they aren't there. */
bool kernel_read(int fd, void *out, size_t n, uint64_t offset);
/* The disposition of a signal, as rt_sigaction(2); either may be null. */
long kernel_sigaction(int number, const struct kernel_sigaction *set, struct kernel_sigaction *old);
/* This thread's number. */
long kernel_thread(void);
/* Sends a signal to this thread. */
void kernel_kill_thread(int number);
/* Whether a word can be read, and what it is. */
bool kernel_peek(uintptr_t at, uintptr_t *word);

/* Writes "everypc-agent: text detail" on standard error and exits with 2. */
_Noreturn void kernel_die(const char *text, const char *detail);

/* The compiler calls these. */
void *memcpy(void *restrict to, const void *restrict from, size_t n);
void *memset(void *to, int byte, size_t n);
void *memmove(void *to, const void *from, size_t n);
int memcmp(const void *a, const void *b, size_t n);

#endif
