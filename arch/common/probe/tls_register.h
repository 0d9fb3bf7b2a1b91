/* tls_pointer and tls_set_pointer where the thread pointer is a register that user code may write. The
 * including file defines TLS_READ and TLS_WRITE, an instruction each, in which %0 is a general register. */
#ifndef EVERYPC_TLS_REGISTER_H
#define EVERYPC_TLS_REGISTER_H

#include <stdint.h>

static inline uintptr_t tls_pointer(void)
{
    uintptr_t pointer;
    __asm__ volatile(TLS_READ : "=r"(pointer) : : "memory");
    return pointer;
}

static inline void tls_set_pointer(uintptr_t pointer)
{
    __asm__ volatile(TLS_WRITE : : "r"(pointer) : "memory");
}

#endif
