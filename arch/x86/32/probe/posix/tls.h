/* 386: the thread pointer is the base of GS, which comes from the descriptor that its selector names. */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#include <asm/ldt.h>
#include <stdint.h>

#include "common/probe/tls_below.h"

enum { SYS_SET_THREAD_AREA = 243 }; /* Linux, arch/x86/entry/syscalls/syscall_32.tbl */

static inline uintptr_t tls_pointer(void)
{
    uintptr_t base;
    __asm__ volatile("movl %%gs:0, %0" : "=r"(base) : : "memory");
    return base;
}

/* The descriptor changes, and the selector is loaded again: a signal frame holds no more than the selector.
 */
static inline void tls_set_pointer(uintptr_t base)
{
    uint32_t selector;
    long result = SYS_SET_THREAD_AREA;
    __asm__ volatile("movl %%gs, %0" : "=r"(selector));
    struct user_desc all = {.entry_number = selector >> 3,
                            .base_addr = base,
                            .limit = 0xfffff,
                            .seg_32bit = 1,
                            .limit_in_pages = 1,
                            .useable = 1};
    __asm__ volatile("int $0x80\n\tmovl %2, %%gs" : "+a"(result) : "b"(&all), "r"(selector) : "memory");
}

#endif
