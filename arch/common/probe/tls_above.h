/* Where thread-local storage lies on most architectures (variant I of the ELF TLS ABI): the C library's TCB,
 * then the program's variables, the first of them TLS_OFFSET bytes from the thread pointer. */
#ifndef EVERYPC_TLS_ABOVE_H
#define EVERYPC_TLS_ABOVE_H

#include <pthread.h>
#include <stdint.h>

enum {
    TLS_ALIGNMENT = 64
}; /* that of the first variable, at most; glibc keeps room behind the last one (dl-tls.c, surplus) */

static inline uintptr_t tls_low(uintptr_t pointer, uintptr_t segment)
{
    (void)pointer;
    (void)segment;
    return (uintptr_t)pthread_self();
}

static inline uintptr_t tls_high(uintptr_t pointer, uintptr_t segment)
{
    return pointer + (uintptr_t)TLS_OFFSET + TLS_ALIGNMENT + segment;
}

#endif
