/* What a case's tables have said so far, so that a mutant that says nothing new is left out, and counted. */
#ifndef EVERYPC_MUTANTS_SAID_H
#define EVERYPC_MUTANTS_SAID_H

#include <stdbool.h>
#include <stdint.h>

#include "probe/events.h"

enum { MAX_SAID = 2048 };

struct said {
    uint64_t hash[MAX_SAID]; /* the original's first */
    uint32_t n;
};

/* Of a kind of mutants. No handler can do otherwise by a table that says what the original says: it is no
 * mutant. */
struct left_out {
    uint32_t as_original, as_another;
};

/* Whether a meaning, given as a hash, is new; then it is noted as long as there is room, else it is counted.
 */
static inline bool said_new(struct said *s, uint64_t hash, struct left_out *out)
{
    for (uint32_t k = 0; k < s->n; k++)
        if (s->hash[k] == hash) {
            ++*(k == 0 ? &out->as_original : &out->as_another);
            return false;
        }
    if (s->n < MAX_SAID)
        s->hash[s->n++] = hash;
    return true;
}

/* Begins with a case: what its own table says. */
static inline void said_begin(struct said *s, uint64_t original)
{
    s->hash[0] = original;
    s->n = 1;
}

/* Reports those of a kind, which took `cases` of `of_cases` cases apart. */
static inline void left_out_event(const char *kind, const struct left_out *out, uint32_t cases,
                                  uint32_t of_cases)
{
    event_begin("left_out");
    event_string("kind", kind);
    event_number("as_original", out->as_original);
    event_number("as_another", out->as_another);
    event_number("cases", cases);
    event_number("of_cases", of_cases);
    event_end(0);
}

#endif
