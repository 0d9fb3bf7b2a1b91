/* Moving a case between threads: see thread.h. The other thread's storage is a copy of the C library's own,
 * TCB and all, so that handlers and the adversary run unharmed on either; there is still only one thread. */
#include "thread.h"

#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>

#include "pattern.h"
#include "tls.h"

#define LEFT_BEHIND ((uintptr_t)0xbad60000) /* another goroutine runs there by now */

__thread uintptr_t everypc_tlsg;

enum { MAX_STORAGE = 8192, ALIGNMENT = 64, PAGE = 65536 };

static uintptr_t *tlsg[N_THREADS]; /* where it lies for each thread */
static uintptr_t pointer[N_THREADS];
static uintptr_t kept[N_THREADS][THREAD_WORDS];  /* the blocks of threads that the case is not on */
static uintptr_t begun[N_THREADS][THREAD_WORDS]; /* what they begin a run with */
static bool stale;
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
        void *got = mmap((void *)from, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (got == (void *)from)
            return (uint8_t *)to;
        if (got != MAP_FAILED)
            munmap(got, bytes);
    }
    return NULL;
}

/* Makes the copy. Words of it that point into the original (the self pointers of the TCB, lists) point into
 * the copy. */
static bool copy_storage(void)
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
    pointer[0] = here;
    pointer[1] = here + away;
    tlsg[0] = &everypc_tlsg;
    tlsg[1] = (uintptr_t *)((uintptr_t)tlsg[0] + away);
    return true;
}

uint32_t thread_bytes_alike(void)
{
    uint32_t alike = 0;
    for (uintptr_t a = pointer[0], b = pointer[1]; a | b; a >>= 8, b >>= 8)
        alike += (a & 0xff) == (b & 0xff);
    return alike;
}

static void point_to(uintptr_t on)
{
    if (tls_pointer() != pointer[on])
        tls_set_pointer(pointer[on]);
}

bool thread_begin(void)
{
    for (int k = 0; k < N_THREADS * THREAD_WORDS; k++)
        begun[k / THREAD_WORDS][k % THREAD_WORDS] = (uintptr_t)pattern_mix((uint64_t)k);
    if (!copy_storage())
        return false;
    point_to(1);
    bool there = tls_pointer() == pointer[1];
    point_to(0);
    return there && tls_pointer() == pointer[0];
}

uintptr_t thread_word(int thread, int word)
{
    return begun[thread][word];
}

/* What the case finds in a block that is not its thread's. */
static void leave_behind(uintptr_t thread)
{
    for (int k = 0; k < THREAD_WORDS; k++)
        everypc_thread.block[thread][k] = LEFT_BEHIND + (uintptr_t)k;
    *tlsg[thread] = LEFT_BEHIND;
}

static bool is_left_behind(uintptr_t thread)
{
    uintptr_t differ = *tlsg[thread] ^ LEFT_BEHIND;
    for (int k = 0; k < THREAD_WORDS; k++)
        differ |= everypc_thread.block[thread][k] ^ (LEFT_BEHIND + (uintptr_t)k);
    return differ == 0;
}

void thread_fill(int k)
{
    uintptr_t g = (uintptr_t)(0x6b000000 + k * 16);
    stale = false;
    everypc_thread.on = 0;
    everypc_thread.g = g;
    memcpy(kept, begun, sizeof kept);
    leave_behind(1);
    everypc_thread.base = everypc_thread.block[0];
    memcpy(everypc_thread.block[0], kept[0], sizeof kept[0]);
    everypc_thread.block[0][0] = *tlsg[0] = g;
}

void thread_move(void)
{
    uintptr_t before = everypc_thread.on, now = !before;
    uintptr_t block_g = everypc_thread.block[before][0], tls_g = *tlsg[before];
    stale |= !is_left_behind(now);
    memcpy(kept[before], everypc_thread.block[before], sizeof kept[before]);
    leave_behind(before);
    everypc_thread.on = now;
    everypc_thread.base = everypc_thread.block[now];
    memcpy(everypc_thread.block[now], kept[now], sizeof kept[now]);
    everypc_thread.block[now][0] = block_g;
    *tlsg[now] = tls_g;
    point_to(now);
}

void thread_home(void)
{
    point_to(0);
}

void thread_capture(struct thread_cells *cells)
{
    uintptr_t on = everypc_thread.on;
    cells->block_g = everypc_thread.block[on][0];
    cells->tls_g = *tlsg[on];
    cells->stale = stale || !is_left_behind(!on);
    memcpy(cells->word, kept, sizeof kept);
    memcpy(cells->word[on], everypc_thread.block[on], sizeof kept[on]);
}
