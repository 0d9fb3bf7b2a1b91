/* The memory operands of a sequence, with their addresses as sums. */
#ifndef EVERYPC_GO_ACCESSES_H
#define EVERYPC_GO_ACCESSES_H

#include "place.h"
#include "sum.h"

enum { MAX_ACCESSES = 2 * MAX_SEQUENCE };

struct access {
    int32_t insn;
    uint32_t size;
    struct sum address;
};

struct accesses {
    const struct sequence *s;
    const struct effects_arch *arch;
    struct placement *p; /* gets the literals */
    struct sum value[MAX_UNITS];
    struct access list[MAX_ACCESSES];
    int n;
    int64_t sp_highest; /* the highest that SP gets, in bytes from where it begins */
};

/* Notes why a sequence can't be placed. False. */
static inline bool access_refused(struct placement *p, int32_t insn, const char *why)
{
    p->bad = insn;
    p->why = why;
    return false;
}

/* Fills *a, of which s, arch and p are set and all else is zero. False, and p->bad and p->why, where an
 * address can't be followed or lies where a probe has nothing. */
bool accesses_follow(struct accesses *a);

#endif
