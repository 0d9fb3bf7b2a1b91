/* What checking a binary, or some of its functions, comes to in numbers. */
#ifndef EVERYPC_GO_CHECK_SUMMARY_H
#define EVERYPC_GO_CHECK_SUMMARY_H

#include "go/checks/finding.h"
#include "go/flow/points.h"
#include "go/sequences/shapes.h"

/* Unknown instructions, by mnemonic. */
struct unknown {
    char mnemonic[24];
    uint64_t n, n_swept; /* found by following control; found in gaps, where data may be */
    uint64_t pc;         /* the lowest, of those that control reaches if there are any */
};

/* Why a check could not speak of a function, or of a part of it. */
enum unchecked { UNCHECKED_DAMAGED, UNCHECKED_NO_CODE, UNCHECKED_UNKNOWN, UNCHECKED_SP, N_UNCHECKED };
extern const char *const unchecked_names[N_UNCHECKED];

struct check_summary {
    uint64_t functions, damaged, no_code, instructions;
    /* Functions that may be preempted, and those of them that could not be checked throughout; by reason,
     * and likewise those that the runtime refuses. */
    uint64_t preemptible_functions, incomplete_functions;
    uint64_t incomplete[N_UNCHECKED], refused[N_UNCHECKED];
    uint64_t pcs[N_PC_KINDS], restart_ranges;         /* ranges where the runtime accepts a signal */
    uint64_t violations[N_CHECKS], fragile[N_CHECKS]; /* findings */
    uint64_t violating_pcs[N_CHECKS];
    uint64_t sp_unknown, sp_loose, unresolved_jumps;
    struct unknown *unknown; /* by mnemonic; owned */
    size_t n_unknown, unknown_capacity;
    struct shapes *shapes; /* if asked for; owned */
};

/* Counts a function and what was found in it; its shapes too where s->shapes is there. */
void summary_count(struct check_summary *s, const struct cfg *cfg, struct decoder *d,
                   const struct findings *findings);
/* Adds another one's numbers. */
void summary_add(struct check_summary *sum, const struct check_summary *part);
/* Puts the unknown mnemonics in order. */
void summary_sort(struct check_summary *s);
void summary_free(struct check_summary *s);

#endif
