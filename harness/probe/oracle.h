/* The oracles of single shots: independent checks. They know the marks as they were before they were encoded
 * (expectation.h), and share nothing with the code that they judge. Those in `without` are left out. */
#ifndef EVERYPC_ORACLE_H
#define EVERYPC_ORACLE_H

#include <stdbool.h>

#include "case.h"
#include "end_state.h"
#include "expectation.h"
#include "shot.h"
#include "verdict.h"

/* Holds a shot that landed, and its end state, against every oracle of single shots; the first that fails. */
bool judge_shot(oracle_set without, const struct test_case *c, const struct shot *s,
                const struct golden *golden, const struct state *got, struct verdict *v);

/* The same where something else than the marks says what is right. Without a golden run the end state does
 * not count; nor does that of a run that broke off. */
bool judge_shot_as(oracle_set without, struct expectation e, const struct test_case *c, const struct shot *s,
                   const struct golden *golden, const struct state *got, struct verdict *v);

/* Whether a request for preemption was answered once: by the injected call, if it came before the stack check
 * saw the raised guard, else by morestack (golang/go#35470: preempted between the two, a thread went into
 * morestack all the same). True of cases without a stack check. */
bool answered_once(const struct test_case *c, const struct shot *s);

/* What push_call left of the context, and below SP: it comes before everything else, since whatever goes
 * wrong behind it may follow from it. */
bool judge_push_call(oracle_set without, const struct shot *s, struct verdict *v);

/* Why a call was not injected, in two words. */
const char *refusal_text(enum refusal refusal);

/* A run that crashed or hung, its PC given relative to the case or the stub where it lies in one;
 * whatever is left out. */
bool judge_outcome(const struct test_case *c, const struct shot *s, struct verdict *v);

/* The tables and sizes of a case: what the optab promised is what the cross assembler made. */
bool judge_layout(oracle_set without, const struct test_case *c, struct verdict *v);

#endif
