/* The oracle "liveness": whether anything is preempted at all. A case whose table allows it must take an
 * injection (check.c). A table that forbids it everywhere is only strict; a run in which every table does is
 * a runtime that preempts nobody, and fails, whether or not table and marks agree: trials say whether a call
 * could have been injected. */
#ifndef EVERYPC_LIVENESS_H
#define EVERYPC_LIVENESS_H

#include <stdbool.h>
#include <stdint.h>

struct run;
struct verdict;

enum liveness {
    LIVE_NOT,   /* no injection; nor is any known that would do no harm */
    LIVE_COULD, /* no injection, though one does no harm by trial */
    LIVE,
};

/* Whether a case in which no call was injected could take one: where its marks are the predicates', at a Prog
 * of one instruction, the thread resumed where it was, from each of the usual states. Tells nothing. */
bool liveness_could(struct run *r);

/* The cases of a run, those whose marks are the predicates'. */
struct live_cases {
    uint32_t could, did;
};
struct test_case;
void liveness_count(struct live_cases *all, const struct test_case *c, enum liveness live);
/* Holds a run to it; fewer cases than a handful say nothing. */
struct verdict judge_liveness(const struct live_cases *all);

#endif
