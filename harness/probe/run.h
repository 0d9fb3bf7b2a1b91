/* A case under way, which the parts of its check share: the tally, the golden run, and where failures go. */
#ifndef EVERYPC_RUN_H
#define EVERYPC_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "case.h"
#include "cross.h"
#include "end_state.h"
#include "initial_state.h"
#include "options.h"
#include "pins.h"
#include "shot.h"
#include "verdict.h"

enum { MAX_PCS = 2048 };

/* Whether the case takes an injected call (injectability.h). */
enum injectability {
    NOT_INJECTED, /* nor is an injection known that would do no harm */
    INJECTABLE,   /* not injected, though an injection does no harm by trial */
    INJECTED,
};

/* What came of a PC over all its shots, as a letter: of several the one that stands first here. */
enum pc_verdict {
    PC_FAILED = 'F',
    PC_ENTRY = 'e',   /* the call was injected, to resume at the entry */
    PC_RESTART = 'r', /* at the start of its range */
    PC_RESUME = 'i',  /* at this PC */
    PC_STRICT = 's',  /* refused, though a trial shows that some action does no harm (truth.h) */
    PC_REFUSED = 'u',
    PC_MISSED = '.',     /* no signal hit it */
    PC_UNREPORTED = '-', /* no signal ever reports it: a delay slot */
};

/* What was done in a case, and what came of it. */
struct tally {
    uint32_t pcs, reportable, covered, failures;
    uint64_t shots, resumed, restarted, entry_restarted, refused;
    uint32_t sp_inexact, sp_unknown; /* PCs where the SP-delta table is off though the call is refused; where
                                        it says nothing */
    uint64_t shot_ns;                /* time of all pinned shots */
    uint64_t pinned;                 /* their number */
    struct values values;
    enum injectability injectability;
    /* --depth full: trials of the other actions, and what they show about the reportable PCs (truth.h) */
    uint64_t trials;
    uint64_t pairs, pairs_of, progress; /* (pairs.h) */
    uint32_t tried, strict, preemptible, without_restart, at_best;
    bool hung;            /* a run of it hung */
    struct verdict first; /* the first failure; at which PC, and from which initial state */
    uint32_t first_pc;
    int first_state;
    char verdicts[MAX_PCS + 1]; /* enum pc_verdict of each PC, ended by a null */
};

struct run;

/* What is done with what a check finds, beside counting it. */
struct sink {
    /* A failure at PC number `pc`, or UINT32_MAX for the case as a whole; null: nothing. */
    void (*fail)(struct run *r, uint32_t pc, uint32_t visit, const struct verdict *v);
    /* A Prog that has so many strict PCs (truth.h); null: nothing. */
    void (*strict)(const struct case_prog *p, uint32_t pcs);
    bool first_only; /* the case ends at its first failure */
};
/* Events: "fail" for the first failures of each part of the check, "strict". */
extern const struct sink to_events;

struct run {
    const struct options *o;
    const struct sink *sink;
    const struct test_case *c;
    struct tally *t;
    struct request fire; /* how its shots are fired */
    struct pins pins;
    struct state in;
    struct golden golden;
    int state; /* number of the initial state that `in` and `golden` belong to */
    bool covered[MAX_PCS];
    uint64_t seen[MAX_PCS]; /* a bit for each initial state from which the PC was hit */
    bool guard;             /* it is one of the guards */
    bool broken;            /* it crashed or hung: the rest of the case is left out */
    struct verdict
        no_state;         /* why a foreign case (CASE_FOREIGN) has no initial state: of the last one tried */
    bool platform_failed; /* reported that registers are lost: once a case */
    uint32_t injections;
    uint32_t reported; /* failures reported one by one, of one part of the check */
    char how[24];      /* what is done beside the shot, as its id says behind its state: ":truth"; or "" */
};

/* A run of this case that has done nothing so far. */
void run_begin(struct run *r, const struct options *o, const struct sink *sink, const struct test_case *c,
               struct tally *t);

/* Counts a failure of an oracle that is not left out, and hands it to the sink. `pc` is an index, or
 * UINT32_MAX for the case as a whole. */
void run_fail(struct run *r, uint32_t pc, uint32_t visit, const struct verdict *v);
/* The same with both texts, at the first visit. */
void run_fail_text(struct run *r, uint32_t pc, enum oracle oracle, const char *expected, const char *got);

/* Sets a PC's letter, unless it has one that tells more. */
void run_verdict(struct run *r, uint32_t pc, enum pc_verdict verdict);

/* Whether the case is at its end because only the first failure counts. */
bool run_is_over(const struct run *r);

/* Sets up initial state `k` and the golden run from it, *s. */
enum outcome run_golden_shot(struct run *r, int k, struct shot *s);
/* The same; false if it does not come to its end, which is not reported. */
bool run_golden(struct run *r, int k);

#endif
