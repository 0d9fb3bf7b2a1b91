/* Where a value that the function was entered with is at home: the general registers and stack words that
 * hold it on every way from the entry. Forward over a function's graph, after values_follow. */
#ifndef EVERYPC_GO_HOMES_H
#define EVERYPC_GO_HOMES_H

#include "sets.h"

struct homes; /* keeps its memory from one function to the next */
struct homes *homes_new(void);
void homes_free(struct homes *h);

/* Follows what a general register held at the entry; for NO_UNIT the word that SP pointed to, which is the
 * return address where calls push it. Stores through pointers that could not be followed are taken to be
 * elsewhere. Bytes further below SP than kept_below_sp don't outlast a call. */
void homes_follow(struct homes *h, const struct cfg *cfg, int unit, uint32_t kept_below_sp);

/* Places that may hold something else: at a block's start, and taken over instruction k, by offset. */
struct unitset homes_lost(const struct homes *h, int32_t block);
void homes_step(const struct homes *h, int32_t k, struct unitset *lost);

/* Whether a general register, or the word that lies so many bytes from the entry's SP, is a home. */
bool homes_unit(const struct homes *h, const struct unitset *lost, int unit);
bool homes_word(const struct homes *h, const struct unitset *lost, int64_t at);

#endif
