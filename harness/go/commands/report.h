/* Findings and functions as JSON, an object a line. */
#ifndef EVERYPC_GO_REPORT_H
#define EVERYPC_GO_REPORT_H

#include "check_summary.h"
#include "json_lines.h"

/* {"finding": {...}}: check, function, the PCs at fault, register, why, the filter that makes it fragile, and
 * the code around it, each line with what the tables say and where SP really is. report_found is the object
 * alone, the caller's. */
json_t *report_found(const struct cfg *cfg, struct decoder *d, const struct finding *f);
void report_finding(struct lines *out, const struct cfg *cfg, struct decoder *d, const struct finding *f);

/* The lines of code around one instruction, as an array. */
json_t *report_code(const struct cfg *cfg, struct decoder *d, int32_t k);

/* {"function": {...}}: name, entry, size, instructions, how many of them the runtime would accept, by value;
 * and "points", the kind of each PC in order, as pairs of kind (an index of pc_kind_names) and how many PCs
 * have it; "deltas", by report_deltas. */
void report_function(struct lines *out, const struct cfg *cfg);

/* Numbers of PCs by kind, as an object. */
json_t *report_kinds(const uint64_t n[N_PC_KINDS]);
/* The runs of an SP-delta table, as an array of [start, value]. */
json_t *report_deltas(const struct pctab *table);
/* Any numbers by name, likewise. */
json_t *report_counts(const char *const *names, const uint64_t *n, int size);
/* The instructions that nothing is known of, as an array. */
json_t *report_unknown(const struct check_summary *s);
#endif
