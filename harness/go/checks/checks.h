/* The checks of a function's tables against its code. Each is in a file of its own (check_<name>.c) and adds
 * findings.
 *
 * An injected call is taken to be possible in front of each instruction where the table of unsafe points
 * allows it. Where the runtime's filter refuses the function or the inlined part, a finding is fragile: only
 * a name protects it.
 */
#ifndef EVERYPC_CHECKS_H
#define EVERYPC_CHECKS_H

#include "go/flow/cfg.h"
#include "go/flow/liveness.h"

enum check { CHECK_CLOBBER, CHECK_SP, CHECK_BELOW_SP, CHECK_RESTART, CHECK_TLS, CHECK_LLSC, N_CHECKS };
extern const char *const check_names[N_CHECKS]; /* "clobber", "sp", "below-sp", "restart", "tls", "llsc" */

/* Neighbouring instructions where one check finds the same. */
struct finding {
    enum check check;
    uint8_t filter;      /* enum gobin_filter: FILTER_NONE for a violation */
    int32_t first, last; /* instructions, by offset */
    int unit;            /* the register at fault, or NO_UNIT */
    int64_t key;         /* neighbours of one key are one finding */
    int32_t blame;       /* the instruction that makes it wrong (a read, a store), or NO_INDEX */
    char why[200];
};

struct findings {
    struct finding *list;
    size_t n, capacity;
    uint64_t sp_unknown; /* PCs where a call may be injected and SP could not be followed */
    uint64_t sp_loose;   /* PCs where none may, and the SP-delta table differs from SP */
};

struct check_input {
    const struct cfg *cfg;     /* built and followed */
    struct unitset lost;       /* what the injected call does not preserve, or may not */
    uint32_t kept_below_sp;    /* bytes below SP that it leaves alone */
    struct liveness *liveness; /* memory to work in */
    struct check_memory *memory;
    struct findings *out;
};

typedef void check_fn(const struct check_input *in);
check_fn check_clobber, check_sp, check_below_sp, check_restart, check_tls, check_llsc;
extern check_fn *const check_functions[N_CHECKS];

/* Adds a finding at instruction k, or makes the last one reach to it: of the same check, filter, unit and
 * key, with nothing in between but delay slots. The text is taken for new ones only. */
__attribute__((format(printf, 7, 8))) void finding_add(const struct check_input *in, enum check check,
                                                       int32_t k, int unit, int64_t key, int32_t blame,
                                                       const char *why, ...);

/* Memory that the checks share, and keep from one function to the next. */
struct check_memory *check_memory_new(void);
void check_memory_free(struct check_memory *m);
struct check_memory {
    struct unitset *sets; /* by block */
    size_t set_capacity;
    int32_t *queue;
    size_t queue_capacity;
    bool *queued;
    size_t queued_capacity;
};

/* Empty sets, one for each block: for sets_spread, until the next call. */
struct unitset *sets_begin(const struct check_input *in);
/* Forward over the graph: sets of units that only grow. `step` takes a set over an instruction; sets[b]
 * becomes the set in front of block b. */
typedef void set_step(void *context, int32_t k, struct unitset *set);
void sets_spread(const struct check_input *in, struct unitset *sets, set_step *step, void *context);

#endif
