/* s390x: the thread pointer is in A0, the upper half, and A1. */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#include "common/probe/tls_below.h"

static inline uintptr_t tls_pointer(void)
{
    uintptr_t pointer;
    __asm__ volatile("ear %0, %%a0\n\tsllg %0, %0, 32\n\tear %0, %%a1" : "=d"(pointer) : : "memory");
    return pointer;
}

static inline void tls_set_pointer(uintptr_t pointer)
{
    __asm__ volatile("sar %%a1, %0\n\tsrlg %0, %0, 32\n\tsar %%a0, %0" : "+d"(pointer) : : "memory");
}

#endif
