/* Findings and functions as JSON, an object a line. */
#ifndef EVERYPC_GO_REPORT_H
#define EVERYPC_GO_REPORT_H

#include "go/checks/finding.h"
#include "go/flow/points.h"
#include "json_lines.h"

/* {"finding": {...}}: check, function, the PCs at fault, register, why, the filter that makes it fragile, and
 * the code around it, each line with what the tables say and where SP really is. */
void report_finding(struct lines *out, const struct cfg *cfg, struct decoder *d, const struct finding *f);

/* The lines of code around one instruction, as an array. */
json_t *report_code(const struct cfg *cfg, struct decoder *d, int32_t k);

/* {"function": {...}}: name, entry, size, instructions, how many of them the runtime would accept, by value;
 * and "points", the kind of each PC in order, as pairs of kind (an index of pc_kind_names) and how many PCs
 * have it. */
void report_function(struct lines *out, const struct cfg *cfg);

/* Numbers of PCs by kind, as an object. */
json_t *report_kinds(const uint64_t n[N_PC_KINDS]);
#endif
