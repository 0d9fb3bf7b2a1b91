/* Golden runs: see golden.h. */
#include "golden.h"

#include "fire.h"

enum outcome golden_run(const struct request *q, const struct test_case *c, const struct state *in,
                        uint64_t seed, int k, struct golden *g, struct shot *shot)
{
    for (int on = 0; on < N_THREADS; on++) {
        memory_fill(c, seed, k);
        if (on > 0)
            thread_move();
        if (run_plain(q, c, in, &g->on[on].regs, shot) != RUN_LEFT)
            break;
        memory_capture(&g->on[on]);
    }
    return shot->outcome;
}
