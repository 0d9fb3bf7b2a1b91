/* Where thread-local storage lies on x86 and s390x (variant II of the ELF TLS ABI): below the thread pointer,
 * which points to the TCB. */
#ifndef EVERYPC_TLS_BELOW_H
#define EVERYPC_TLS_BELOW_H

#include <stdint.h>

static inline uintptr_t tls_low(uintptr_t pointer, uintptr_t segment)
{
    return pointer - segment;
}

/* Of the TCB what the C library's code may look at in a handler: guards, the system call entry, the thread's
 * number. glibc's struct pthread is larger. */
static inline uintptr_t tls_high(uintptr_t pointer, uintptr_t segment)
{
    (void)segment;
    return pointer + 1024;
}

#endif
