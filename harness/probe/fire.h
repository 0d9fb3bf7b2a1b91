/* Firing: real timer signals at chosen PCs, and what the signal handler saw there.
 *
 * A pin is a branch-to-self at the PC. A one-shot POSIX timer sends SIGURG; the thread spins at exactly that
 * PC until it lands. Then the handler moves the thread to the clean code and lets the code under test do what
 * a runtime's handler would. A signal that comes before the thread spins arms the timer again, with a longer
 * delay.
 */
#ifndef EVERYPC_FIRE_H
#define EVERYPC_FIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "case.h"
#include "handle.h"
#include "pins.h"
#include "state.h"

/* What became of a run. */
enum outcome {
    RUN_LEFT,    /* came to its end */
    RUN_CRASHED, /* a fatal signal in the case, the stub or the handler */
    RUN_HUNG,    /* the watchdog ended it */
};

/* What happened in one shot. */
struct shot {
    enum outcome outcome;
    int fatal_signal;   /* RUN_CRASHED */
    uintptr_t fatal_pc; /* RUN_CRASHED, RUN_HUNG: where */
    bool landed;        /* the signal hit its PC, at the visit asked for */
    uint32_t visits;    /* how often the PC was reached before the run ended */
    uint32_t pc;        /* index of the PC that was hit */
    struct decision decision;
    bool answered; /* the request for preemption is withdrawn, as it must be once the call is injected */
    uintptr_t pc_at, sp_at, lr_at; /* the interrupted context */
    uintptr_t sp_at_entry;         /* of the case */
    bool guard_raised; /* when the signal came: the stack check had not seen the request for preemption */
    bool only; /* no other signal was delivered in this run, so that `morestacks` speaks of this one */
    uint32_t morestacks; /* how often the case then called what stands in for morestack, in the whole run */
    bool frame_ok;       /* push_call left what frame_rule says, or nothing where it refused */
    char frame_expected[96], frame_got[96];
    uintptr_t resume_pc; /* read back from the frame */
    uint32_t injected;   /* how often the injected call ran */
    bool misaligned;     /* it ran with a misaligned stack */
    uint32_t before;     /* how often it had run when this signal landed */
    uintptr_t moved;     /* how far from its place the case lay, in bytes: what the PCs above are off by */
};

/* Changes what the handler finds: called before each decision with `made` null, and after it with what was
 * decided. */
typedef void fire_scene(struct thread *t, ucontext_t *uc, const struct decision *made);
/* From now on every signal is delivered in this scene; null: as things are. */
void fire_in_scene(fire_scene *s);

/* From now on the injected call goes to this code, once what was decided is judged as of async_preempt; null:
 * as things are. */
void fire_stub(const char *instead);

/* From now on no decision is asked for: every signal that lands injects the call, with this resume PC; 0: as
 * things are. */
void fire_force(uintptr_t resume_pc);

/* CPU time that a single run may take before it counts as hung, in milliseconds (10000 if never said); 0: as
 * it was before the last call. False and errno if the system refuses. */
bool fire_patience(uint32_t ms);

/* Installs the signal handlers, the signal stack, the timers. False and errno if the system refuses. */
bool fire_begin(void);

/* Runs the case without a signal. */
enum outcome run_plain(const struct test_case *c, const struct state *in, struct state *out,
                       struct shot *shot);

/* Runs the case with one signal at PC `pc` at its `visit`-th visit (from 1); visit 0: no signal is delivered
 * to the handler, the visits are counted. */
void fire_pin(struct pins *p, uint32_t pc, uint32_t visit, const struct state *in, struct state *out,
              struct shot *shot);

/* A signal of a series: at PC `pc`. The thread goes on from the one before in the code that is pinned at
 * `via`: `pc`, or a hop to it (struct case_pc) where a pin at `pc` would lie over the instruction that the
 * thread resumes at. */
struct aim {
    uint32_t pc, via;
};

/* Runs the case with `n` signals, each at the first visit of its PC after the one before; shots[k].landed
 * says which landed. How the run ended, misaligned, and injected (of the whole run) are in shots[0] or, of a
 * run that broke off, also in the shot that it broke off in. */
void fire_series(struct pins *p, const struct aim *aims, uint32_t n, const struct state *in,
                 struct state *out, struct shot *shots);

/* Runs the case with a signal at PC `pc`, shots[0], and a second one, shots[1], where the thread then spins
 * at the address `at`: in the injected call, where the caller has put a spin, which the scene must take away.
 * How the run ended is in both. */
void fire_nested(struct pins *p, uint32_t pc, uintptr_t at, const struct state *in, struct state *out,
                 struct shot *shots);

/* Runs the case once with a signal due in `delay_ns`, which may land anywhere; shot->landed says whether it
 * hit the case, at shot->pc. fire_free_pending says whether it is still due. */
void fire_free(const struct test_case *c, uint64_t delay_ns, bool arm, const struct state *in,
               struct state *out, struct shot *shot);
bool fire_free_pending(void);

/* A signal at no case's code: the thread spins with the registers *in and is moved to case_leave by the
 * handler, which either calls `instead` and changes nothing else, or (null) delivers the signal to the code
 * under test as if at case_leave; the case `c` says with which table. */
void fire_leave(const struct test_case *c, void (*instead)(void), const struct state *in, struct state *out,
                struct shot *shot);

/* From now on the handlers do without ctx_mend: shows what the platform loses by itself. */
void fire_unmended(bool yes);

/* A bare timer signal: arm, spin, handler, go on. */
void fire_floor(void);

/* Signals that came before their PC was reached. */
uint64_t fire_early(void);

/* Nanoseconds of a clock that only goes forward. */
uint64_t now_ns(void);

#endif
