/* What the probe takes from the operating system. Nothing else in it knows one: posix/ and windows/ have
 * these functions and those of
 *
 *   shot_timer.h   when the thread under fire is stopped
 *   watchdog.h     runs that take too long
 *   ticker.h       a system call that blocks
 *   clock.h        the time
 *
 * and call fire_signal, fire_fault and fire_tick (fire_signals.h) with the stopped thread's context, which is
 * called ucontext_t everywhere: on POSIX, in a signal handler on the thread's own signal stack; on Windows,
 * in another thread, with this one suspended. A context may be changed; the thread then goes on with it. The
 * rest of what a system has of its own is the architecture's: the context's fields (mcontext.h) and the
 * thread pointer (tls.h).
 */
#ifndef EVERYPC_SYSTEM_H
#define EVERYPC_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

#include "handle.h"

/* ---- the process ---- */

/* First of all: makes standard output carry bytes as they are. */
void system_begin(void);
/* The most memory that it has taken, in KB. */
uint64_t system_peak_kb(void);
/* A fatal signal's name; its number is POSIX's on every system. */
const char *system_signal_name(int signal);
/* Whether a name matches a glob of *, ? and [...], as fnmatch(3) without flags. */
bool system_matches(const char *glob, const char *name);

/* What became of work that was done apart. */
struct apart {
    bool lost;  /* it did not come to its end */
    int signal; /* lost: by this fatal signal; 0: otherwise */
    int status; /* not lost: what it returned */
};
/* Does `work` in a process of its own, or as if: what it changes in the program's variables and the case's
 * memory is gone afterwards, but in memory of system_map_shared. It must begin with fire_begin, since timers
 * don't go along. */
struct apart system_apart(int (*work)(const void *data), const void *data);

/* ---- memory ---- */

enum access { ACCESS_NONE, ACCESS_DATA, ACCESS_CODE, ACCESS_ALL };

size_t system_page(void); /* bytes */
/* Whole pages, zeroed, of ACCESS_DATA. Null if the system refuses; system_map_at also where they would lie
 * elsewhere. */
void *system_map(size_t bytes);
void *system_map_at(uintptr_t at, size_t bytes);
void *system_map_shared(size_t bytes);
void system_unmap(void *at, size_t bytes);
/* Changes what may be done to [from, to). False if the system refuses. */
bool system_protect(uintptr_t from, uintptr_t to, enum access access);
/* Pages of the program's own room (cases.ld): becomes data, zeroed; becomes nothing. */
bool system_take_room(uintptr_t at, size_t bytes);
void system_leave_room(uintptr_t at, size_t bytes);

/* ---- the thread under fire ---- */

/* Makes the thread that calls it the one that is stopped: handlers, timers. Again in work that is done apart.
 * False and errno if the system refuses. */
bool system_fire_begin(void);
/* The thread sets out for the place where it is to be stopped, with its very next steps. */
void system_sets_out(void);
/* Whether the handler of a trap runs on the interrupted stack, where a case that keeps something below its
 * stack pointer loses it. */
bool system_traps_on_stack(void);
/* A request for preemption, of a thread that has come to a stop at *uc: has the code under test decide, by
 * the system's own way to it. `stopped` is called where a runtime could first see the thread stand still;
 * it may change *t and *uc. What the code under test did is in *uc. What it did against the system's rules,
 * as a sentence; null: nothing. */
typedef void thread_stopped(ucontext_t *uc);
struct decision system_request(struct thread *t, ucontext_t *uc, thread_stopped *stopped,
                               const char **broken);
/* The thread goes on outside of the case, by *uc, whatever interrupted it: nothing is blocked there. */
void system_unblock(ucontext_t *uc);
/* Whether handlers run on a stack of their own, as they do, or on the interrupted one. False: they run on
 * none of the thread's. */
bool system_signal_stack(bool own);
/* Bytes of the context and what belongs to it. */
uint32_t system_context_bytes(const ucontext_t *uc);

/* For mutants: changes a word of the context that no case depends on. */
void system_spoil_context(ucontext_t *uc);

/* The storage of the thread, and of the other one that a case may be moved to (thread.h): thread pointers,
 * and where g lies in each. False if there is none. */
struct thread_storage {
    uintptr_t pointer[2];
    uintptr_t *tlsg[2];
    uintptr_t
        *direct; /* where code of one instruction finds g of the thread that it runs on; null: in tlsg */
};
bool system_thread_storage(struct thread_storage *s);

#endif
