/* Findings and functions as JSON, an object a line. */
#ifndef EVERYPC_REPORT_H
#define EVERYPC_REPORT_H

#include <jansson.h>

#include "checks.h"

/* Text that grows. Zero is empty; free(text) is its owner's. */
struct lines {
    char *text;
    size_t n, capacity;
};

/* {"finding": {...}}: check, function, the PCs at fault, register, why, the filter that makes it fragile, and
 * the code around it, each line with what the tables say and where SP really is. */
void report_finding(struct lines *out, const struct cfg *cfg, struct decoder *d, const struct finding *f);

/* {"function": {...}}: name, entry, size, instructions, how many of them the runtime would accept, by value;
 * and "points", the kind of each PC in order, as pairs of kind (an index of pc_kind_names) and how many PCs
 * have it. */
void report_function(struct lines *out, const struct cfg *cfg);

/* PCs by what the tables say where the runtime accepts a signal; in the order safe, unsafe, restart, restart
 * at entry, and those that it refuses for the filter. Delay slots are none. */
enum { N_PC_KINDS = 5 };
extern const char *const pc_kind_names[N_PC_KINDS];
int pc_kind(const struct insn *insn);

/* Numbers of PCs by kind, as an object. */
json_t *report_kinds(const uint64_t n[N_PC_KINDS]);
/* {kind: object} as a line. Takes the object. */
void report_line(struct lines *out, const char *kind, json_t *object);

#endif
