/* riscv64: the thread pointer is X4, which the compiler uses for nothing else. */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#define TLS_OFFSET 0
#include "common/probe/tls_above.h"

static inline uintptr_t tls_pointer(void)
{
    uintptr_t pointer;
    __asm__ volatile("mv %0, tp" : "=r"(pointer) : : "memory");
    return pointer;
}

static inline void tls_set_pointer(uintptr_t pointer)
{
    __asm__ volatile("mv tp, %0" : : "r"(pointer) : "memory");
}

#endif
