/* ppc64: the thread pointer is R13, which the compiler uses for nothing else. */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#define TLS_OFFSET -0x7000
#include "common/probe/tls_above.h"

static inline uintptr_t tls_pointer(void)
{
    uintptr_t pointer;
    __asm__ volatile("mr %0, 13" : "=r"(pointer) : : "memory");
    return pointer;
}

static inline void tls_set_pointer(uintptr_t pointer)
{
    __asm__ volatile("mr 13, %0" : : "r"(pointer) : "memory");
}

#endif
