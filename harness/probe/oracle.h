/* Oracles: independent checks of a shot. They know the marks as they were before they were encoded, and
 * share nothing with the code that they judge. */
#ifndef EVERYPC_ORACLE_H
#define EVERYPC_ORACLE_H

#include <stdbool.h>

#include "case.h"
#include "fire.h"
#include "state.h"

/* One failed check. */
struct verdict {
    const char *oracle; /* null: nothing failed */
    char expected[160], got[160];
};

/* What the marks say of a PC, read naively: whether the call is injected, and where the thread resumes. */
struct expectation {
    bool inject;
    uintptr_t resume_pc;
};
struct expectation expected_decision(const struct test_case *c, uint32_t pc, uintptr_t lr);

/* Holds a shot that landed, and its end state, against every oracle of single shots; the first that fails. */
struct verdict judge_shot(const struct test_case *c, const struct shot *s, const struct golden *golden,
                          const struct state *got);

/* The same where something else than the marks says what is right. Without a golden run the end state does
 * not count, nor has a run that broke off any. */
struct verdict judge_shot_as(struct expectation e, const struct test_case *c, const struct shot *s,
                             const struct golden *golden, const struct state *got);

/* Whether a request for preemption was answered once: by the injected call, if it came before the stack check
 * saw the raised guard, else by morestack (golang/go#35470: preempted between the two, a thread went into
 * morestack all the same). True of cases without a stack check. */
bool answered_once(const struct test_case *c, const struct shot *s);

/* From now on judges as if this oracle were not there; null: none is left out. */
void oracles_without(const char *name);
bool oracle_is_on(const char *name);

/* A run that crashed or hung, with its PC told relative to the case or the stub where it lies in one;
 * whatever is switched off. */
struct verdict judge_outcome(const struct test_case *c, const struct shot *s);

/* The tables and sizes of a case: what the optab promised is what the cross assembler made. */
struct verdict judge_layout(const struct test_case *c);

#endif
