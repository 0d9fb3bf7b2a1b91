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

#include "arch.h"
#include "case.h"
#include "pins.h"
#include "shot.h"

/* Installs the signal handlers, the signal stack, the timers. False and errno if the system refuses. */
bool fire_begin(void);

/* Runs the case without a signal. */
enum outcome run_plain(const struct request *q, const struct test_case *c, const struct state *in,
                       struct state *out, struct shot *shot);

/* Runs the case with one signal at PC `pc` at its `visit`-th visit (from 1); visit 0: no signal is delivered
 * to the handler, the visits are counted. */
void fire_pin(const struct request *q, struct pins *p, uint32_t pc, uint32_t visit, const struct state *in,
              struct state *out, struct shot *shot);

/* A signal of a series: at PC `pc`. The thread goes on from the one before in the code that is pinned at
 * `via`: `pc`, or a hop to it (struct case_pc) where a pin at `pc` would lie over the instruction that the
 * thread resumes at. */
struct aim {
    uint32_t pc, via;
};

/* Runs the case with `n` signals, each at the first visit of its PC after the one before; shots[k].landed
 * says which landed. How the run ended, broken_rule, and injected (of the whole run) are in shots[0] or, of a
 * run that broke off, also in the shot that it broke off in. */
void fire_series(const struct request *q, struct pins *p, const struct aim *aims, uint32_t n,
                 const struct state *in, struct state *out, struct shot *shots);

/* Runs the case with a signal at PC `pc`, shots[0], and a second one, shots[1], where the thread then spins
 * at the address `at`: in the injected call, where the caller has put a spin, which the scene must take away.
 * How the run ended is in both. */
void fire_nested(const struct request *q, struct pins *p, uint32_t pc, uintptr_t at, const struct state *in,
                 struct state *out, struct shot *shots);

/* Runs the case with a signal in the system call at PC `pc`, where a signal is also sent at first, which the
 * code under test does not see: from there the thread goes into the call, and BLOCKED_AFTER_MS later the
 * signal comes. It lands where the call's enum case_call says, shot->pc, and not later than BLOCKED_BY_MS:
 * else it came before the call or after it. */
enum { BLOCKED_AFTER_MS = 1, BLOCKED_BY_MS = 2 };
void fire_blocked(const struct request *q, struct pins *p, uint32_t pc, const struct state *in,
                  struct state *out, struct shot *shot);

/* Runs the case once with a signal due in `delay_ns`, which may land anywhere; shot->landed says whether it
 * hit the case, at shot->pc. fire_free_pending says whether it is still due. */
void fire_free(const struct request *q, const struct test_case *c, uint64_t delay_ns, bool arm,
               const struct state *in, struct state *out, struct shot *shot);
bool fire_free_pending(void);

/* A signal at no case's code: the thread spins with the registers *in and is moved to case_leave by the
 * handler, which either calls `instead` and changes nothing else, or (null) delivers the signal to the code
 * under test as if at case_leave; the case `c` says with which table. */
void fire_leave(const struct request *q, const struct test_case *c, void (*instead)(void),
                const struct state *in, struct state *out, struct shot *shot);

/* A bare timer signal: arm, spin, handler, go on. */
void fire_floor(void);

/* Signals that came before their PC was reached. */
uint64_t fire_early(void);

#endif
