/* What the tables of a case say so far, so that one that says nothing new is left out. */
#ifndef EVERYPC_MUTANTS_SAID_H
#define EVERYPC_MUTANTS_SAID_H

#include <stdbool.h>
#include <stdint.h>

enum { MAX_SAID = 2048 };

struct said {
    uint64_t hash[MAX_SAID];
    uint32_t n;
};

/* Whether a meaning, given as a hash, is new; then it is noted as long as there is room. */
static inline bool said_new(struct said *s, uint64_t hash)
{
    for (uint32_t k = 0; k < s->n; k++)
        if (s->hash[k] == hash)
            return false;
    if (s->n < MAX_SAID)
        s->hash[s->n++] = hash;
    return true;
}

#endif
