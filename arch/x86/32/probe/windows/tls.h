/* windows-386: what stands for the thread pointer is a word of the TEB, to which FS points (winternl.h). */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#include <stdint.h>

/* ArbitraryUserPointer is at 0x14. Of TlsSlots, at 0xe10, the one that is read by one instruction. */
enum { DIRECT_SLOT = 63, DIRECT_AT = 0xe10 + 4 * DIRECT_SLOT };

static inline uintptr_t tls_pointer(void)
{
    uintptr_t pointer;
    __asm__ volatile("movl %%fs:0x14, %0" : "=r"(pointer) : : "memory");
    return pointer;
}

static inline void tls_set_pointer(uintptr_t pointer)
{
    __asm__ volatile("movl %0, %%fs:0x14" : : "r"(pointer) : "memory");
}

#endif
