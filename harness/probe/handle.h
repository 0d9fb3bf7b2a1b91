/* Under test: what a runtime's signal handler does with a preemption request.
 *
 * The decision follows Go 1.19, runtime/preempt.go (wantAsyncPreempt, isAsyncSafePoint) and
 * runtime/signal_unix.go (doSigPreempt): whether the interrupted PC may take an injected call, and where the
 * thread resumes. Portable; the architecture adds push_call and the stub. Shares no code with what tests it.
 */
#ifndef EVERYPC_HANDLE_H
#define EVERYPC_HANDLE_H

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

#include "pctab/pctab.h"

/* A function as the runtime's tables know it. */
struct function {
    uintptr_t entry, end; /* [entry, end) */
    struct pctab unsafe_points;
    bool refused;  /* on the refusal list: never preempted, whatever its table says */
    bool no_frame; /* SP is everywhere what it was at entry: what the half-executed-call rule asks for */
};

enum {
    /* Stack that the injected call may need: the stub's frame, the call below it and what push_call takes
     * (Go: asyncPreemptStack). Bytes. */
    ASYNC_PREEMPT_STACK = 4096,
    /* No restart range of an assembler is longer (Go throws beyond it). Bytes. */
    MAX_RESTART_DISTANCE = 20,
};

struct thread {
    bool want_preempt;
    uintptr_t stack_lo;               /* lowest usable address of its stack */
    const struct function *functions; /* sorted by entry */
    int n_functions;
    struct pctab_cache cache;
};

enum refusal {
    INJECT,            /* none: the call is injected */
    REFUSE_UNWANTED,   /* not requested */
    REFUSE_STACK,      /* no room for the call */
    REFUSE_UNKNOWN_PC, /* the PC is in no known function */
    REFUSE_LISTED,     /* its function is on the refusal list */
    REFUSE_HALF_CALL,  /* a call that has written the link register and not yet jumped */
    REFUSE_UNSAFE,     /* an unsafe point */
    REFUSE_RANGE,      /* a restart range that no assembler makes */
    REFUSE_TABLE,      /* a table that can't be read */
    REFUSE_BUSY,       /* the system says that the thread's context may not be edited now */
};

struct decision {
    enum refusal refusal;
    uintptr_t resume_pc; /* with INJECT */
};

/* Decides for a thread interrupted at this PC, SP and link register (0 where there is none). No side effect
 * but on the thread's lookup cache. */
struct decision is_async_safe_point(struct thread *t, uintptr_t pc, uintptr_t sp, uintptr_t lr);

/* The signal handler's work: decides, and pushes the call. Answers want_preempt when it does. */
struct decision handle_preempt(struct thread *t, ucontext_t *uc);

#endif
