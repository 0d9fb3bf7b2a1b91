/* Windows: the thread pointer is the word of the TEB that is free for anyone's use (ArbitraryUserPointer), as
 * in Go up to 1.20; the storage that it points to is ours. What code of one instruction reads is the TEB's
 * slot DIRECT_SLOT for TlsAlloc: a case that moves on takes it along. */
#include <string.h>

#include "probe/system.h"
#include "probe/thread.h"
#include "tls.h"

enum { BYTES = 4096 };

extern const char everypc_tlsg[]; /* bytes from the thread pointer to g (build.mk) */

/* Slots are given out in order; those below are given back. */
static bool take_slot(void)
{
    DWORD taken[DIRECT_SLOT + 1];
    uint32_t n = 0;
    do
        taken[n] = TlsAlloc();
    while (taken[n] < DIRECT_SLOT && ++n <= DIRECT_SLOT);
    bool found = n <= DIRECT_SLOT && taken[n] == DIRECT_SLOT;
    for (uint32_t k = 0; k < n; k++)
        TlsFree(taken[k]);
    return found;
}

/* Memory such that no byte of its address is the same as one of `here`, as far as both use it. */
static uint8_t *map_apart(uintptr_t here)
{
    static const uint64_t spans[] = {UINT64_C(0x7ffffffffff), 0x7fffffff, 0x3fffffff};
    for (size_t k = 0; k < sizeof spans / sizeof *spans; k++) {
        uintptr_t at = ~here & (uintptr_t)spans[k] & -(uintptr_t)64;
        uint8_t *page = spans[k] > UINTPTR_MAX ? NULL : system_map_at(at & -(uintptr_t)65536, 65536);
        if (page)
            return (uint8_t *)at;
    }
    return NULL;
}

bool system_thread_storage(struct thread_storage *s)
{
    uint8_t *own = system_map(BYTES), *other = own ? map_apart((uintptr_t)own + BYTES / 2) : NULL;
    if (!other || !take_slot())
        return false;
    own += BYTES / 2;
    tls_set_pointer((uintptr_t)own);
    *s = (struct thread_storage){
        .pointer = {(uintptr_t)own, (uintptr_t)other},
        .tlsg = {(uintptr_t *)(own + (uintptr_t)everypc_tlsg),
                 (uintptr_t *)(other + (uintptr_t)everypc_tlsg)},
        .direct = (uintptr_t *)((uint8_t *)NtCurrentTeb() + DIRECT_AT),
    };
    return true;
}
