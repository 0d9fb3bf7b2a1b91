/* arm64: the thread pointer is TPIDR_EL0, which user code may write. */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#define TLS_OFFSET 16
#include "common/probe/tls_above.h"

static inline uintptr_t tls_pointer(void)
{
    uintptr_t pointer;
    __asm__ volatile("mrs %0, tpidr_el0" : "=r"(pointer) : : "memory");
    return pointer;
}

static inline void tls_set_pointer(uintptr_t pointer)
{
    __asm__ volatile("msr tpidr_el0, %0" : : "r"(pointer) : "memory");
}

#endif
