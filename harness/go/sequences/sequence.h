/* A straight run of a function's instructions that is to be executed outside of its binary. Host only. */
#ifndef EVERYPC_GO_SEQUENCE_H
#define EVERYPC_GO_SEQUENCE_H

#include "go/flow/cfg.h"

enum { MAX_SEQUENCE = 24 }; /* instructions, of those that are placed */

struct sequence {
    const struct cfg *cfg;
    struct decoder *decoder;
    int32_t first, n; /* instructions, by cfg_at */
};

static inline const struct insn *sequence_at(const struct sequence *s, int32_t k)
{
    return cfg_at(s->cfg, s->first + k);
}

#endif
