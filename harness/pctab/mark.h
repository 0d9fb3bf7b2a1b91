/* From Progs to a PC-value table: the assembler's marking pass.
 *
 * Follows Go 1.19, cmd/internal/obj/plist.go MarkUnsafePoints: a maximal run of unsafe Progs becomes one
 * unsafe range, each restartable Prog a range of its own with alternating values, and a PCDATA that was
 * set by hand governs the Progs behind it until the next one. No I/O, no allocation.
 */
#ifndef EVERYPC_MARK_H
#define EVERYPC_MARK_H

#include "pctab.h"

/* A Prog as the marking pass sees it. */
struct mark_prog {
    uint32_t pc, size; /* bytes, from the function's entry; Progs are in order and without gaps */
    bool has_pcdata;   /* a PCDATA_UnsafePoint set by hand stands before this Prog ... */
    int32_t pcdata;    /* ... with this value */
    const void *prog;  /* what the predicates are handed */
    int32_t value;     /* out: the Prog's value of PCDATA_UnsafePoint */
};

typedef bool mark_predicate(const void *prog);

/* Sets each Prog's value; reads has_pcdata, pcdata and prog only. Either predicate may be null: then it holds
 * for no Prog. Unsafe wins over restartable. Inside a region set to POINT_UNSAFE by hand nothing is marked.
 * The first restartable Prog gets POINT_RESTART_1, the next POINT_RESTART_2, and so on in turn across gaps.
 * As in Go, values set by hand take no part in the turns: a restartable Prog beside a restart value set by
 * hand can get the same value, and the table then merges the two. */
void mark_unsafe_points(struct mark_prog *progs, size_t n, mark_predicate *is_unsafe_point,
                        mark_predicate *is_restartable);

/* The marked Progs as an encoded table: see pctab_encode for the arguments and errors. Progs of size 0 leave
 * nothing in it; n Progs never take more than 6 * n + 1 bytes. */
enum pctab_error mark_encode(const struct mark_prog *progs, size_t n, uint32_t quantum, uint8_t *out,
                             size_t capacity, size_t *length);

#endif
