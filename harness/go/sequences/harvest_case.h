/* Writes a sequence as a case, in the macros of arch/common/probe/cases.inc. */
#ifndef EVERYPC_GO_HARVEST_CASE_H
#define EVERYPC_GO_HARVEST_CASE_H

#include "harvest.h"
#include "sequence.h"

void harvest_header(FILE *out, const struct gobin *bin);
void harvest_case(FILE *out, const struct harvest_entry *entry, const struct sequence *s,
                  const struct placement *p);

#endif
