/* Checks all functions of a binary on several threads, and hands the results over in the functions' order. */
#ifndef EVERYPC_CHECK_RUN_H
#define EVERYPC_CHECK_RUN_H

#include "checks.h"
#include "lost.h"
#include "report.h"
#include "go/sequences/shapes.h"

struct check_options {
    unsigned checks;   /* a set bit for each of enum check */
    const char *only;  /* a pattern of functions' names (fnmatch), or null for all */
    bool list_fragile; /* findings that only a filter protects are listed, not just counted */
    bool functions;    /* one object for each function as well */
    bool shapes;       /* count shapes of code as well */
    int jobs;          /* threads, at least 1 */
};

/* Instructions that nobody knows, by mnemonic. */
struct unknown {
    char mnemonic[24];
    uint64_t n, n_swept; /* found by following control; found in gaps, where data may be */
    uint64_t pc;         /* of one of them, one that control reaches if there is such */
};

struct check_summary {
    uint64_t functions, damaged, no_code, instructions;
    uint64_t pcs[N_PC_KINDS];
    uint64_t violations[N_CHECKS], fragile[N_CHECKS]; /* findings */
    uint64_t violating_pcs[N_CHECKS];
    uint64_t sp_unknown, sp_loose, unresolved_jumps;
    struct unknown *unknown; /* by mnemonic; owned */
    size_t n_unknown, unknown_capacity;
    struct shapes *shapes; /* if asked for; owned */
};

/* Gets the lines of some functions, in order, and how many functions are done of how many; lines may be null.
 */
typedef void check_progress(void *context, const char *lines, size_t done, size_t of);

/* False and an error if there is no decoder for the target, or no thread. */
bool check_run(const struct gobin *bin, const struct lost *lost, const struct check_options *o,
               check_progress *progress, void *context, struct check_summary *summary, struct error *e);

#endif
