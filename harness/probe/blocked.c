/* Firing into system calls: see blocked.h. */
#include "blocked.h"

#include "fire.h"

/* On a busy machine the signal may come before the thread is in the call, or when the call is over. */
enum { ATTEMPTS = 200 };

void blocked_try(const struct request *q, struct pins *p, uint32_t pc, uint64_t seed, int k,
                 const struct state *in, struct state *out, struct shot *s)
{
    *s = (struct shot){0};
    for (int n = 0; n < ATTEMPTS && !s->landed && s->outcome == RUN_LEFT; n++) {
        memory_fill(p->c, seed, k);
        fire_blocked(q, p, pc, in, out, s);
    }
}

bool blocked_fire(struct run *r, uint32_t pc, struct state *out, struct shot *s)
{
    blocked_try(&r->fire, &r->pins, pc, r->o->seed, r->state, &r->in, out, s);
    if (s->landed)
        return true;
    run_fail_text(r, pc, ORACLE_COVERAGE,
                  r->c->pcs[pc].call == CALL_EINTR ? "a signal in this system call, which breaks it off"
                                                   : "a signal in this system call, which is begun again",
                  "none: the call does not block for 2 ms, or a signal makes something else of it");
    return false;
}

uint32_t blocked_call(const struct test_case *c, uint32_t at)
{
    return c->pcs[at].call == NO_CALL && at > 0 && c->pcs[at - 1].call == CALL_EINTR ? at - 1 : at;
}
