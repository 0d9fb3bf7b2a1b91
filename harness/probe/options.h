/* What the probe was asked to do. */
#ifndef EVERYPC_OPTIONS_H
#define EVERYPC_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct options {
    bool free_mode;         /* --mode free */
    bool full;              /* --depth full: also truth, pairs, progress and nested signals */
    bool in_place;          /* --in-place: pin in the case itself, never in copies */
    bool list;              /* --list */
    bool verbose;           /* --verbose: an event for each shot */
    uint64_t seed;          /* --seed */
    uint32_t shard, shards; /* --shard i/n */
    uint32_t from;          /* --from: the index of the first case among those of the glob */
    const char *cases;      /* --cases GLOB */
    const char *repro;      /* --repro CASE@+0xOFF#STATE */
    double budget;          /* --budget: seconds of free mode for each case */
    uint32_t bench;         /* --bench: shots */
    bool mutants;           /* --mutants: run the mutants instead of the cases */
    const char *mutant;     /* --mutant GLOB: of their ids or classes */
    bool platform;          /* --platform: the self-test only */
    bool no_mend;           /* --no-mend: without ctx_mend, to see what the platform loses by itself */
    const char *
        spare; /* --spare REGISTER: the adversary does without turning it over, to see that this is noticed */
    bool sentinel;       /* --sentinel: a call injected where no table is involved */
    const char *blame;   /* --blame CASE@+0xOFF#STATE: the experiments of blame.h */
    uint32_t visit;      /* --visit: at which visit of its PC */
    const char *without; /* --without ORACLE: as if it were not there; null: none */
    bool measure;        /* --measure: what the injected call loses (measure.h) */
    bool fresh;          /* --fresh: a mutant sees the first injection of the process */
    bool quiet;          /* for mutants: a case ends at its first failure, which is noted and not told */
};

/* Parses the command line. On a bad one, prints a line to stderr and returns false. */
bool options_parse(struct options *o, int argc, char **argv);

#endif
