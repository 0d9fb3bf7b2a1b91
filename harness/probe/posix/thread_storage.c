/* POSIX: the other thread's storage is a copy of the C library's own, TCB and all, so that handlers and the
 * adversary run unharmed on either. */
#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/auxv.h>

#include "probe/system.h"
#include "probe/thread.h"
#include "tls.h"

extern __thread uintptr_t everypc_tlsg;
__thread uintptr_t everypc_tlsg;

enum { MAX_STORAGE = 8192, ALIGNMENT = 64, PAGE = 65536 };

static _Alignas(ALIGNMENT) uint8_t storage[MAX_STORAGE]; /* of the second */

/* Bytes of the program's thread-local variables, 0 if there are none. */
static size_t segment_size(void)
{
    const ElfW(Phdr) *p = (const ElfW(Phdr) *)getauxval(AT_PHDR);
    for (unsigned long n = getauxval(AT_PHNUM); p && n > 0; n--, p++)
        if (p->p_type == PT_TLS)
            return (p->p_memsz + p->p_align - 1) & ~(size_t)(p->p_align - 1);
    return 0;
}

/* Memory for the copy such that its thread pointer differs from this one in every byte below the highest that
 * addresses have here: a pointer of which only a part was restored then fits neither. Null: there is none. */
static uint8_t *map_apart(uintptr_t here, uintptr_t low, uintptr_t size)
{
    static const uint64_t spans[] = {UINT64_C(0x7fffffffffff), UINT64_C(0x3fffffffff), 0x7fffffff,
                                     0x3fffffff};
    for (size_t k = 0; k < sizeof spans / sizeof *spans; k++) {
        if (spans[k] > UINTPTR_MAX)
            continue;
        uintptr_t other = (~here & (uintptr_t)spans[k] & -(uintptr_t)ALIGNMENT) | here % ALIGNMENT;
        uintptr_t to = other - (here - low), from = to & -(uintptr_t)PAGE,
                  bytes = to + size + ALIGNMENT - from;
        if (system_map_at(from, bytes))
            return (uint8_t *)to;
    }
    return NULL;
}

/* Words of the copy that point into the original (the self pointers of the TCB, lists) point into the copy.
 */
bool system_thread_storage(struct thread_storage *s)
{
    uintptr_t here = tls_pointer(), segment = segment_size(), low = tls_low(here, segment),
              size = tls_high(here, segment) - low;
    uint8_t *to = map_apart(here, low, size);
    if (!to) /* which thread_bytes_alike tells */
        to = storage + low % ALIGNMENT;
    uintptr_t away = (uintptr_t)to - low;
    if (size + ALIGNMENT > MAX_STORAGE)
        return false;
    memcpy(to, (const void *)low, size);
    for (size_t at = -low % sizeof(uintptr_t); at + sizeof(uintptr_t) <= size; at += sizeof(uintptr_t)) {
        uintptr_t word;
        memcpy(&word, to + at, sizeof word);
        if (word - low < size)
            word += away;
        memcpy(to + at, &word, sizeof word);
    }
    *s = (struct thread_storage){.pointer = {here, here + away},
                                 .tlsg = {&everypc_tlsg, (uintptr_t *)((uintptr_t)&everypc_tlsg + away)}};
    return true;
}
