/* mips, mips64: the thread pointer is UserLocal, which user code may read only, as hardware register 29. */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#include <sys/syscall.h>

#define TLS_OFFSET -0x7000
#include "common/probe/tls_above.h"

static inline uintptr_t tls_pointer(void)
{
    uintptr_t pointer;
    __asm__ volatile(".set push\n\t.set mips32r2\n\trdhwr %0, $29\n\t.set pop" : "=r"(pointer) : : "memory");
    return pointer;
}

static inline void tls_set_pointer(uintptr_t pointer)
{
    register uintptr_t v0 __asm__("$2") = SYS_set_thread_area;
    register uintptr_t a0 __asm__("$4") = pointer;
    __asm__ volatile("syscall"
                     : "+r"(v0)
                     : "r"(a0)
                     : "$1", "$3", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$24", "$25",
                       "hi", "lo", "memory");
}

#endif
