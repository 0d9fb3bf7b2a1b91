/* The threads that a case runs on. Each injected call moves the case to the other one, as a scheduler may:
 * what points to the thread left behind is stale from then on, and so is the thread pointer, which moves with
 * it (arch/<arch>/probe/tls.h). */
#ifndef EVERYPC_THREAD_H
#define EVERYPC_THREAD_H

#include <stdbool.h>
#include <stdint.h>

enum { N_THREADS = 2, THREAD_WORDS = 8 };

/* A simulated thread: what a runtime keeps where the thread pointer points to. The symbol thread of cases:
 * its first word is the address of the block of the thread that the case runs on, whose first word is g,
 * which goes along with the case; a case must not keep the address beyond a PC that may be preempted. */
extern struct {
    uintptr_t *base;
    uintptr_t g;  /* which the run began with */
    uintptr_t on; /* which of them */
    uintptr_t block[N_THREADS][THREAD_WORDS];
} everypc_thread;

/* The same in real thread-local storage, as Go's runtime.tlsg: cases reach it through the thread pointer, as
 * the symbol everypc_tlsg (system.h, system_thread_storage). */

/* What a run leaves in them. The words behind g belong to the thread: they stay where they are when the case
 * moves on, and differ from thread to thread. */
struct thread_cells {
    uintptr_t block_g, tls_g; /* of the thread that the case runs on */
    uintptr_t word[N_THREADS][THREAD_WORDS];
    bool stale; /* the block of a thread was written to that the case had left */
};
/* What the words hold when a run begins. */
uintptr_t thread_word(int thread, int word);

/* Once: gives the other thread its storage. False if the system does not move the thread pointer. */
bool thread_begin(void);
/* In how many bytes its thread pointer is the first one's, of those that either uses: a pointer that was
 * restored but for these would pass. 0, but where the system gives no memory far away. */
uint32_t thread_bytes_alike(void);
/* A run from initial state `k` begins, on the first thread. */
void thread_fill(int k);
/* The case is on the other thread from now on. Async-signal-safe. */
void thread_move(void);
/* The case has been left or aborted: the probe goes on with the thread pointer that it began with. The cells
 * stay as they are. */
void thread_home(void);
void thread_capture(struct thread_cells *cells);

#endif
