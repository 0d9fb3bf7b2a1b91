/* What checks functions, one after the other: a decoder, the function's graph, and what the checks work in.
 */
#ifndef EVERYPC_GO_CHECKER_H
#define EVERYPC_GO_CHECKER_H

#include "check.h"
#include "go/checks/lost.h"
#include "go/flow/cfg_build.h"

/* It points into itself: it must stay where it was opened. */
struct checker {
    struct decoder *decoder;
    struct cfg *cfg; /* of the function checked last */
    struct surroundings around;
    struct check_input input;
    struct findings findings; /* likewise */
};

/* For functions of a target. `around` is copied, and so is `lost`. False and an error if there is no decoder
 * for the target, or no memory; checker_close is due in either case. */
bool checker_open(struct checker *c, const char *target, const struct surroundings *around,
                  const struct lost *lost, bool scans_link, struct error *e);
void checker_close(struct checker *c);

/* Runs checks, a set bit for each of enum check, on a function whose code is there. False if it has no
 * instruction. */
bool checker_run(struct checker *c, const struct gobin_func *f, unsigned checks);

#endif
