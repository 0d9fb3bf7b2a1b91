/* Checks all functions of a binary on several threads, and hands the results over in the functions' order. */
#ifndef EVERYPC_GO_CHECK_RUN_H
#define EVERYPC_GO_CHECK_RUN_H

#include "check_summary.h"
#include "go/checks/lost.h"

struct check_options {
    unsigned checks;   /* a set bit for each of enum check */
    const char *only;  /* a pattern of functions' names (fnmatch), or null for all */
    bool list_fragile; /* findings that only a filter protects are listed, not just counted */
    bool functions;    /* one object for each function as well */
    bool shapes;       /* count shapes of code as well */
    int jobs;          /* threads, at least 1 */
};

/* Is given the lines of some functions, in order, and how many functions of how many are done; lines may be
 * null.
 */
typedef void check_progress(void *context, const char *lines, size_t done, size_t of);

/* False and an error if there is no decoder for the target, or no thread. */
bool check_run(const struct gobin *bin, const struct lost *lost, const struct check_options *o,
               check_progress *progress, void *context, struct check_summary *summary, struct error *e);

#endif
