/* Moving a case between threads: see thread.h. The other thread is no more than a thread pointer and what it
 * points to; there is still only one that runs. */
#include "thread.h"

#include <string.h>

#include "pattern.h"
#include "system.h"
#include "tls.h"

#define LEFT_BEHIND ((uintptr_t)0xbad60000) /* another goroutine runs there by now */

static struct thread_storage storage;
static uintptr_t kept[N_THREADS][THREAD_WORDS];  /* the blocks of threads that the case is not on */
static uintptr_t begun[N_THREADS][THREAD_WORDS]; /* what they begin a run with */
static bool stale;

uint32_t thread_bytes_alike(void)
{
    uint32_t alike = 0;
    for (uintptr_t a = storage.pointer[0], b = storage.pointer[1]; a | b; a >>= 8, b >>= 8)
        alike += (a & 0xff) == (b & 0xff);
    return alike;
}

static void point_to(uintptr_t on)
{
    if (tls_pointer() != storage.pointer[on])
        tls_set_pointer(storage.pointer[on]);
}

bool thread_begin(void)
{
    for (int k = 0; k < N_THREADS * THREAD_WORDS; k++)
        begun[k / THREAD_WORDS][k % THREAD_WORDS] = (uintptr_t)pattern_mix((uint64_t)k);
    if (!system_thread_storage(&storage))
        return false;
    point_to(1);
    bool there = tls_pointer() == storage.pointer[1];
    point_to(0);
    return there && tls_pointer() == storage.pointer[0];
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
    *storage.tlsg[thread] = LEFT_BEHIND;
}

static bool is_left_behind(uintptr_t thread)
{
    uintptr_t differ = *storage.tlsg[thread] ^ LEFT_BEHIND;
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
    everypc_thread.block[0][0] = *storage.tlsg[0] = g;
    if (storage.direct)
        *storage.direct = g;
}

void thread_move(void)
{
    uintptr_t before = everypc_thread.on, now = !before;
    uintptr_t block_g = everypc_thread.block[before][0], tls_g = *storage.tlsg[before];
    stale |= !is_left_behind(now);
    memcpy(kept[before], everypc_thread.block[before], sizeof kept[before]);
    leave_behind(before);
    everypc_thread.on = now;
    everypc_thread.base = everypc_thread.block[now];
    memcpy(everypc_thread.block[now], kept[now], sizeof kept[now]);
    everypc_thread.block[now][0] = block_g;
    *storage.tlsg[now] = tls_g;
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
    cells->tls_g = *storage.tlsg[on];
    cells->stale = stale || !is_left_behind(!on);
    memcpy(cells->word, kept, sizeof kept);
    memcpy(cells->word[on], everypc_thread.block[on], sizeof kept[on]);
}
