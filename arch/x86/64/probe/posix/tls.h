/* amd64: the thread pointer is the base of FS. A system call sets it, since not every processor lets user
 * code (FSGSBASE). */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#include <stdint.h>

#include "common/probe/tls_below.h"

enum { SYS_ARCH_PRCTL = 158, SET_FS = 0x1002 }; /* Linux, arch/x86/include/uapi/asm/prctl.h */

static inline uintptr_t tls_pointer(void)
{
    uintptr_t base;
    __asm__ volatile("movq %%fs:0, %0" : "=r"(base) : : "memory");
    return base;
}

static inline void tls_set_pointer(uintptr_t base)
{
    long result = SYS_ARCH_PRCTL;
    __asm__ volatile("syscall" : "+a"(result) : "D"(SET_FS), "S"(base) : "rcx", "r11", "memory");
}

#endif
