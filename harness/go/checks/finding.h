/* What a check finds. */
#ifndef EVERYPC_GO_FINDING_H
#define EVERYPC_GO_FINDING_H

#include "go/flow/cfg.h"

/* The checks, in the order in which they run and are reported: in enum check, as a function, and in reports
 * and options. */
/* clang-format off */
#define CHECKS(CHECK) \
    CHECK(CLOBBER, clobber, "clobber") \
    CHECK(SP, sp, "sp") \
    CHECK(BELOW_SP, below_sp, "below-sp") \
    CHECK(RESTART, restart, "restart") \
    CHECK(TLS, tls, "tls") \
    CHECK(LLSC, llsc, "llsc") \
    CHECK(RETURN, return, "return") \
    CHECK(FP, fp, "fp") \
    CHECK(ROOTS, roots, "roots")
/* clang-format on */

#define CHECK_NUMBER(number, function, name) CHECK_##number,
enum check { CHECKS(CHECK_NUMBER) N_CHECKS };

/* Neighbouring instructions where one check finds the same. */
struct finding {
    enum check check;
    uint8_t filter;      /* enum gobin_filter: FILTER_NONE for a violation */
    int32_t first, last; /* instructions, by offset */
    int unit;            /* the register at fault, or NO_UNIT */
    int64_t key;         /* neighbours of one key are one finding; UNPROVEN: see there */
    int32_t blame;       /* the instruction that makes it wrong (a read, a store), or NO_INDEX */
    char why[200];
};

/* The key of what is wrong only if the value at fault is a pointer, where nothing in the code shows that it
 * is one: counted with the fragile ones, as no violation. */
enum { UNPROVEN = -1 };
/* The key of what is wrong in the injected call itself: a violation, though no call is injected there. */
enum { IN_THE_CALL = -2 };

/* Neither protected by the runtime's filter nor unproven. */
static inline bool finding_is_violation(const struct finding *f)
{
    return f->filter == FILTER_NONE && f->key != UNPROVEN;
}

struct findings {
    struct finding *list; /* owned */
    size_t n, capacity;
    uint64_t sp_unknown;      /* PCs where a call may be injected and SP could not be followed */
    int32_t sp_unknown_first; /* the first of them, where there are any */
    uint64_t sp_loose;        /* PCs where none may, and the SP-delta table differs from SP */
};

/* Adds a finding at instruction k, or makes the last one reach to it: of the same check, filter, unit and
 * key, with nothing in between but delay slots. The text is used for new ones only. */
struct check_input;
__attribute__((format(printf, 7, 8))) void finding_add(const struct check_input *in, enum check check,
                                                       int32_t k, int unit, int64_t key, int32_t blame,
                                                       const char *why, ...);

#endif
