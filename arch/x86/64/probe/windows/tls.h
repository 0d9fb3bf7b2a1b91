/* windows-amd64: what stands for the thread pointer is a word of the TEB, to which GS points (winternl.h). */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#include <stdint.h>

/* ArbitraryUserPointer is at 0x28. Of TlsSlots, at 0x1480, the one that is read by one instruction. */
enum { DIRECT_SLOT = 63, DIRECT_AT = 0x1480 + 8 * DIRECT_SLOT };

static inline uintptr_t tls_pointer(void)
{
    uintptr_t pointer;
    __asm__ volatile("movq %%gs:0x28, %0" : "=r"(pointer) : : "memory");
    return pointer;
}

static inline void tls_set_pointer(uintptr_t pointer)
{
    __asm__ volatile("movq %0, %%gs:0x28" : : "r"(pointer) : "memory");
}

#endif
