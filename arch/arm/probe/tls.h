/* arm: the thread pointer is TPIDRURO, which user code may read only. */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#define TLS_OFFSET 8
#include "common/probe/tls_above.h"

enum { ARM_SET_TLS = 0xf0005 }; /* Linux, arch/arm/include/uapi/asm/unistd.h */

static inline uintptr_t tls_pointer(void)
{
    uintptr_t pointer;
    __asm__ volatile("mrc p15, 0, %0, c13, c0, 3" : "=r"(pointer) : : "memory");
    return pointer;
}

static inline void tls_set_pointer(uintptr_t pointer)
{
    register uintptr_t r0 __asm__("r0") = pointer;
    register uintptr_t r7 __asm__("r7") = ARM_SET_TLS;
    __asm__ volatile("svc #0" : "+r"(r0) : "r"(r7) : "memory");
}

#endif
