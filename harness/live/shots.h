/* The shots file: what `everypc-go shots` plans for a program on the host, and what the agent writes down
 * beside it while the program runs. Both map the same bytes, the agent shared, so that whatever ends the
 * program, a kill of everything included, each shot that was fired is on disk.
 *
 * Everything is in the target's byte order, of fixed width, and naturally aligned. Addresses are those of the
 * file; the agent adds what it loaded the file at. */
#ifndef EVERYPC_SHOTS_H
#define EVERYPC_SHOTS_H

#include <stdint.h>

#define SHOTS_MAGIC   UINT64_C(0x65767079736d7431) /* "evpysmt1" */
#define SHOTS_VERSION 2

/* What the agent does behind a shot (shots_head.inside). */
enum {
    INSIDE_ADVERSARY = 1 << 0, /* overwrites every register inside the injected call */
    INSIDE_GC = 1 << 1,        /* has the interrupted goroutine call runtime.GC from inside it */
    INSIDE_TRACEBACK = 1 << 2, /* has it call runtime.callers, and compares what that finds */
    INSIDE_MOVE = 1 << 3,      /* has the stack moved where the runtime next allows that */
    INSIDE_THREAD = 1 << 4,    /* has another thread take the goroutine */
    INSIDE_CALLS = INSIDE_GC | INSIDE_TRACEBACK, /* which need room on the stack */
};

/* shots_pc.role */
enum {
    ROLE_FIRE = 1 << 0,  /* fire here */
    ROLE_CALL = 1 << 1,  /* in asyncPreempt, behind its call of asyncPreempt2 */
    ROLE_ENTRY = 1 << 2, /* a function's first PC */
    /* The first PC of a function that the agent executes in the program's place (masks.h) */
    ROLE_SIGPROCMASK = 1 << 3,
    ROLE_SIGACTION = 1 << 4,
    ROLE_SCRATCH = 1 << 5,   /* REGTMP is needed at its resume PC, though an injected call loses it */
    ROLE_SCHEDULE = 1 << 6,  /* runtime.schedule's: a thread looks for a goroutine */
    ROLE_REGISTERS = 1 << 7, /* with SIGPROCMASK or SIGACTION: arguments in registers, not on the stack */
};

/* shots_pc.outcome */
/* clang-format off */
enum shot_outcome {
    SHOT_NOT_REACHED,
    SHOT_TOO_EARLY, /* no handler was there yet */
    SHOT_BLOCKED,   /* the program has blocked the signal there */
    SHOT_FIRED,     /* the signal was sent; what became of it is not known: the program ended with it */
    SHOT_REFUSED,   /* the handler returned without a change */
    SHOT_INJECTED,  /* it had the thread call asyncPreempt */
    SHOT_RESUMED,   /* and the goroutine came back to the resume PC */
    /* of a plain signal (shots_head.signal) */
    SHOT_ENTERED, /* its handler was entered, and has not returned: it left by a jump, or the program ended */
    SHOT_HANDLED, /* it returned */
};
/* clang-format on */

/* shots_pc.wrong: the oracles that failed. */
enum {
    WRONG_DECISION = 1 << 0,
    WRONG_FRAME = 1 << 1,
    WRONG_STATE = 1 << 2,
    WRONG_ROOTS = 1 << 3,
    WRONG_UNWIND = 1 << 4,
    WRONG_TRACEBACK = 1 << 5,
};

/* Nothing here or below grows with the number of shots: of each PC there are its counts, and what came of its
 * last shot. */
struct shots_pc {
    uint64_t pc;     /* in order */
    uint64_t resume; /* where the tables say that an injected call returns to; 0: they allow none */
    uint64_t got;    /* the resume PC that the handler left */
    /* Where control is seen to go from here, 0: nowhere else. Where that is not known, a PC at which this one
     * can be armed again: of a call the one it returns to, of a return the function's entry. */
    uint64_t next[2];
    uint32_t function;
    uint32_t visits; /* so far, as long as one is waited for */
    uint32_t last;   /* one more visit to fire at, from 1: the last one of an earlier run; 0: none */
    uint32_t shots;  /* fired here */
    uint8_t role;
    uint8_t filter; /* enum gobin_filter */
    uint8_t outcome;
    uint8_t wrong;
    uint8_t size;       /* bytes of the instruction */
    uint8_t uncompared; /* what came back was not compared: another goroutine came first */
    uint8_t postponed;  /* how often control was let go on, for room on the stack */
    uint8_t came_again; /* behind its visit `last` */
};

/* A function of the program, for unwinding. In order of entry; behind the PCs in the file. Behind them are
 * the encoded SP-delta tables. */
struct shots_function {
    uint64_t entry, end;
    uint32_t sp_delta, length; /* of its table: an offset into them, and bytes */
    uint32_t end_kind;         /* enum stack_end */
    uint32_t wrapper;          /* 1: made by the compiler, and may be left out of tracebacks */
};

/* clang-format off */
enum stack_end {
    STACK_GOES_ON,
    STACK_ENDS,    /* a goroutine's first function: Go's flag TopFrame */
    STACK_SWITCHES, /* its caller is not found by SP deltas: another stack, or a frame made by a signal */
};
/* clang-format on */

/* What differed, the first at each PC. */
struct shots_difference {
    uint64_t expected, got;
    uint32_t pc;    /* index */
    uint32_t visit; /* from 1 */
    uint16_t wrong; /* WRONG_... */
    char what[22];  /* a register, or what of the frame */
};

enum { MAX_DIFFERENCES = 256, MAX_VISITS = 64 };

struct shots_head {
    uint64_t magic, version;
    uint64_t n_pcs;
    uint64_t inside;
    uint64_t stop;      /* set from outside: no further shots */
    uint64_t signal;    /* a plain one's number on the target; 0: SIGURG, and a request for it */
    uint64_t sigtable;  /* address of runtime.sigtable, by signal; 0: not a Go program */
    uint64_t allp;      /* address of runtime.allp, a slice of pointers to P; 0: not a Go program */
    uint64_t p_preempt; /* offset of P.preempt */
    uint64_t async_preempt;
    uint64_t gc, callers, wakep; /* runtime functions, or 0 */
    uint64_t g_preempt;          /* offset of G.preempt; 0: not found */
    uint64_t every;              /* 1: at each visit of each PC */
    uint64_t count;    /* not 0: nothing is fired, and so many visits of each PC are counted at most */
    uint64_t n_visits; /* in visits[] */
    uint64_t n_functions, n_table_bytes, quantum;
    /* by the agent */
    uint64_t bias;    /* added to the file's addresses */
    uint64_t started; /* 1: the program was entered */
    uint64_t visited; /* visits that were counted */
    uint64_t fired, injected, refused, resumed, compared, uncompared, too_early;
    uint64_t blocked;     /* shots whose signal did not come, since the program blocks it there */
    uint64_t visits_lost; /* further visits that could not be waited for */
    uint64_t unwound, not_unwound;
    uint64_t calls, collections, no_room; /* inside the injected call */
    uint64_t scheduled;                   /* of those resumed: the scheduler has seen the request */
    uint64_t tracebacks, traced;          /* calls of runtime.callers; compared up to the stack's end */
    uint64_t moves_asked, moved;          /* stacks */
    uint64_t threads_changed, threads_kept;
    uint64_t entered, handled;   /* plain signals' handlers: called, and returned */
    uint64_t in_flight;          /* 1 + the index of the last PC that was fired at */
    uint64_t n_differences;      /* all; the first MAX_DIFFERENCES are below */
    uint64_t visits[MAX_VISITS]; /* which of each PC to fire at, from 1, in order */
    struct shots_difference differences[MAX_DIFFERENCES];
};

#endif
