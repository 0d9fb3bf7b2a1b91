/* The oracles by name, and the verdict of one. */
#ifndef EVERYPC_VERDICT_H
#define EVERYPC_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Each with its name in events, reports and --without. What each is about: harness/README.md. */
/* clang-format off */
#define ORACLES(X)               \
    X(DECISION, "decision")      \
    X(FRAME, "frame")            \
    X(SP_DELTA, "sp-delta")      \
    X(RETURN, "return")          \
    X(ROOTS, "roots")            \
    X(STATE, "state")            \
    X(PLATFORM, "platform")      \
    X(CROSS, "cross")            \
    X(LIVENESS, "liveness")      \
    X(COVERAGE, "coverage")      \
    X(TRUTH, "truth")            \
    X(PAIRS, "pairs")            \
    X(NESTED, "nested")          \
    X(LAYOUT, "layout")          \
    X(CRASH, "crash")            \
    X(HANG, "hang")
/* clang-format on */

#define ORACLE_ID(id, name) ORACLE_##id,
enum oracle { NO_ORACLE, ORACLES(ORACLE_ID) N_ORACLES };
#undef ORACLE_ID

/* "ok" for NO_ORACLE. */
const char *oracle_name(enum oracle o);
/* NO_ORACLE if there is none of this name. */
enum oracle oracle_find(const char *name);
/* All names, separated by ", ". */
void oracle_names(char *out, size_t n);

/* What a check has found. Functions that judge return true, and leave NO_ORACLE in *v, where nothing failed;
 * the texts are then not written, since clearing them at every shot would be most of what judging costs. */
struct verdict {
    enum oracle oracle; /* NO_ORACLE: nothing failed */
    char expected[160], got[160];
};

/* Oracles that are left out: a bit for each. */
typedef uint32_t oracle_set;
static inline oracle_set only_oracle(enum oracle o)
{
    return (oracle_set)1 << o;
}
static inline bool oracle_is_on(oracle_set without, enum oracle o)
{
    return !(without & only_oracle(o));
}

#endif
