/* What no check could speak of: functions with damaged tables or without code, instructions that nothing is
 * known of, PCs where SP is not known. */
#ifndef EVERYPC_GO_UNCHECKED_H
#define EVERYPC_GO_UNCHECKED_H

#include "check_summary.h"
#include "json_lines.h"

/* Counts what of a function could not be checked in *s, and adds a line for each reason:
 * {"unchecked": {...}} with function, entry, size, why (a name of unchecked_names), detail, preemptible, and
 * where it is about instructions the first one's offset, pc, bytes and text, and their number n.
 *
 * `preemptible` is whether the runtime may inject a call anywhere in the function: what is unknown in one
 * place of it (a read, a move of SP) is missing at all others. What can't be read counts as preemptible.
 * cfg is the function as it was checked, or null where it was not, for it has no code. */
void unchecked_report(struct lines *out, struct check_summary *s, const struct gobin_func *f,
                      const struct cfg *cfg, struct decoder *d, const struct findings *findings);

#endif
