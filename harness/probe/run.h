/* A case under way: what the ordinary check, truth and pairs share. */
#ifndef EVERYPC_RUN_H
#define EVERYPC_RUN_H

#include "check.h"
#include "fire.h"
#include "oracle.h"
#include "state.h"

enum { MAX_PCS = 2048 };

struct run {
    const struct options *o;
    const struct test_case *c;
    struct tally *t;
    struct pins pins;
    struct state in;
    struct golden golden;
    int state; /* number of the initial state that `in` and `golden` belong to */
    bool covered[MAX_PCS];
    uint64_t seen[MAX_PCS]; /* a bit for each initial state from which the PC was hit */
    bool guard;             /* it is one of the guards */
    bool broken;            /* it crashed or hung: the rest of the case is left out */
    struct verdict unborne; /* why there is no state of a foreign case (CASE_FOREIGN), of the last one */
    bool platform_told;     /* that registers are lost: once a case */
    uint32_t injections;
    uint32_t told; /* failures told one by one, of one part of the check */
    char how[24];  /* what is done beside the shot, as its id says behind its state: ":truth"; or "" */
};

/* Counts a failure, and tells it unless there were many. `pc` is an index, or UINT32_MAX for the case as a
 * whole. */
void run_fail(struct run *r, uint32_t pc, uint32_t visit, const struct verdict *v);

/* Sets up initial state `k` and the golden run from it. False if that does not come to its end; nothing is
 * told. */
bool run_golden(struct run *r, int k);

#endif
