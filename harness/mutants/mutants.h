/* Mutants: faults that are put into what runs, one at a time, to see whether the harness notices. The code
 * under test is never compiled differently: its machine code is patched, its table rewritten, its functions
 * wrapped by the linker.
 *
 * Each kind of mutant is a struct mutant_kind. For each of its mutants run_mutants.c applies it, runs a suite
 * of cases until the first failure, reverts it, and checks that the case which killed it passes again. */
#ifndef EVERYPC_MUTANTS_H
#define EVERYPC_MUTANTS_H

#include <stdbool.h>
#include <stdint.h>

#include "probe/case.h"
#include "probe/handle.h"
#include "probe/options.h"
#include "probe/run.h"
#include "probe/stub_insns.h"
#include "arch.h"

enum { MAX_OWN_CASES = 64 };

/* What the probe with mutants was asked to do. */
struct mutants_options {
    struct options probe; /* first: see options_parse */
    bool mutants;         /* --mutants: run the mutants instead of the cases */
    const char *mutant;   /* --mutant GLOB: of their ids or classes */
    bool fresh;           /* --fresh: a mutant sees the first injection of the process */
};
/* Runs the mutants asked for; `o` is the first member of a struct mutants_options. Returns the exit status.
 */
int mutants_run(const struct options *o);

struct mutant {
    char id[120];      /* "stub.+0x10.nop" */
    const char *class; /* "M13", see classes.tsv; or null: by the register that it lost (run_mutants.c) */
    char what[200];
    const struct test_case *cases[MAX_OWN_CASES]; /* those that can show it; none: the suite */
    uint32_t n_cases;
    bool free_mode; /* of `cases`: signals at random moments */
    bool of_code;   /* the cases' own code is changed: a run may break off without any signal */
    bool in_call;   /* what runs in an injected call, or decides there: signals at its PCs may show it */
    const struct stub_code *code; /* in_call: whose PCs; null: the stub's */
    enum oracle only;             /* that it must be killed by; NO_ORACLE: any */
    uint32_t patience_ms;         /* CPU time that a run may take; 0: as any mutant's */
};

struct mutant_kind {
    const char *name;
    /* How many mutants there are; called once, before all else. */
    uint32_t (*count)(const struct options *o);
    /* Fills in mutant `k`, in any order of k. */
    void (*describe)(uint32_t k, struct mutant *m);
    void (*apply)(uint32_t k);
    void (*revert)(uint32_t k);
    /* Whether any run comes to what it changes; else it is equivalent here. May be null. */
    bool (*is_reached)(const struct options *o, uint32_t k);
    /* Why no run could tell a survivor from the original, into `why`; false: no argument. May be null. */
    bool (*argue)(const struct options *o, uint32_t k, char *why, size_t n);
};

extern const struct mutant_kind stub_mutants, tail_mutants, frame_mutants, push_mutants, decision_mutants,
    table_mutants, sp_table_mutants, predicate_mutants, marks_mutants, case_mutants, lowering_mutants,
    platform_mutants, suspend_mutants; /* the last: each system's own */

/* What the linker put in place of the code under test's functions calls these; null: the real one. */
extern struct hooks {
    void (*push_call)(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc);
    struct decision (*handle_preempt)(struct thread *t, ucontext_t *uc);
    enum pctab_error (*lookup)(const struct pctab *table, uint32_t pc, struct pc_run *run);
    void (*adversary)(uintptr_t sp); /* before the real one */
    void (*signal)(ucontext_t *uc);  /* after the probe has handled a signal */
    void (*left)(struct state *out); /* what a run left in the registers */
    void (*ran)(void);               /* after each run */
    bool no_signal;                  /* the timer does not fire */
} hooks;
void real_push_call(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc);

/* ---- for the kinds ---- */

/* The case that does nothing, whose every PC has every register as it was at entry; null if the probe has
 * none. */
const struct test_case *idle_case(void);
/* Where this value lies in the stub's frame, in bytes from its SP at the call. */
bool find_in_frame(uintptr_t sp, const void *value, uint32_t size, uint32_t *at);
/* The case as it would be if the marking predicates called all its Progs unsafe: table and marks. They live
 * as long as the probe; false if there is no memory. */
bool forbid_all(struct test_case *to, const struct test_case *c);
/* Whether a case was made to be a mutant (arch/<arch>/test/mutants.S). */
bool is_crafted(const struct test_case *c);
/* Whether a case is a wrong one. */
bool is_wrong(const struct test_case *c);
/* Runs a case until its first failure, without events; and whether it passes. */
void mutants_check(const struct options *o, const struct test_case *c, struct tally *t);
bool passes(const struct options *o, const struct test_case *c);
/* Whether the suite of the code under test passes. */
bool suite_passes(const struct options *o);
/* The case that is being run. */
extern const struct test_case *mutants_case;

#endif
