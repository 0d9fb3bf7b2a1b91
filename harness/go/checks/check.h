/* A check of a function's tables against its code: what it is given. Each is in a file of its own, of the
 * check's name, and adds findings; checks.h has them all.
 *
 * An injected call is taken to be possible before each instruction where the table of unsafe points
 * allows it. Where the runtime's filter refuses the function or the inlined part, a finding is fragile: only
 * a name protects it.
 */
#ifndef EVERYPC_GO_CHECK_H
#define EVERYPC_GO_CHECK_H

#include "finding.h"
#include "go/flow/homes.h"
#include "go/flow/liveness.h"
#include "go/flow/sets.h"

struct check_input {
    const struct cfg *cfg;     /* built and followed */
    struct unitset lost;       /* what the injected call does not preserve, or may not */
    uint32_t kept_below_sp;    /* bytes below SP that it leaves alone */
    uint64_t thread_cell;      /* address of a word that holds the thread's own address; 0: none is known */
    bool scans_link;           /* the collector scans the slot of the link register that it makes */
    struct liveness *liveness; /* scratch memory, and so is what follows */
    struct sets *sets;
    struct homes *caller_pc, *caller_fp;
    struct findings *out;
};

typedef void check_fn(const struct check_input *in);
#define CHECK_FUNCTION(number, function, name) check_fn check_##function;
CHECKS(CHECK_FUNCTION)

#endif
