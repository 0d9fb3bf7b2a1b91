/* The cases in a probe (probe/case.h), as functions: code and tables as the reader of Go binaries gives them.
 * They are read from the ELF file; nothing runs. */
#ifndef EVERYPC_GO_PROBE_CASES_H
#define EVERYPC_GO_PROBE_CASES_H

#include "gobin.h"
#include "image.h"
#include "probe/case.h"

struct probe_cases {
    struct image image;
    uint64_t list; /* address of everypc_cases */
    size_t n;
    uint64_t
        thread_cell; /* address of everypc_thread, whose first word cases take for the thread's address */
    /* Predicate mutants (harness/mutants) that mark a case otherwise; none in a probe without them. */
    uint64_t alternatives, predicates;
    size_t n_alternatives;
};

/* All strings and bytes live as long as the probe is open. */
struct probe_case {
    struct gobin_func func; /* its filter is FILTER_NONE; without an inlining tree */
    const char *source;     /* "file:line" */
    uint32_t n_pcs, n_progs;
    unsigned flags; /* enum case_flag */
    uint64_t progs; /* address of its struct case_prog */
};

/* Opens a probe. False and an error: no such file, not an ELF file of one of the targets, no probe.
 * probe_cases_close is due in either case. */
bool probe_cases_open(struct probe_cases *p, const char *path, struct error *e);
void probe_cases_close(struct probe_cases *p);

/* Case i < p->n. False and an error if the file does not hold all of it. */
bool probe_cases_get(const struct probe_cases *p, size_t i, struct probe_case *c, struct error *e);
/* A case as predicate mutant `*mutant` marks it, i < p->n_alternatives. */
bool probe_cases_alternative(const struct probe_cases *p, size_t i, struct probe_case *c, const char **mutant,
                             struct error *e);

/* A Prog of a case: where it begins, in bytes from the entry, its mark (enum unsafe_point) before encoding,
 * its text and its "file:line". Strings are empty if the file does not say. */
struct probe_prog {
    uint32_t offset;
    int32_t value;
    const char *text, *source;
};
/* Prog k < c->n_progs. */
struct probe_prog probe_cases_prog(const struct probe_cases *p, const struct probe_case *c, uint32_t k);
/* The one that a PC, in bytes from the entry, is of. */
struct probe_prog probe_cases_prog_at(const struct probe_cases *p, const struct probe_case *c,
                                      uint32_t offset);

/* The bytes of the file at an address, for literals in code; null if it does not hold them all. */
const uint8_t *probe_cases_bytes(const struct probe_cases *p, uint64_t address, size_t n);

#endif
