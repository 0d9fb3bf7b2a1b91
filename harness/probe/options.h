/* What the probe was asked to do. */
#ifndef EVERYPC_OPTIONS_H
#define EVERYPC_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shot.h"
#include "verdict.h"

struct options {
    bool help;              /* --help */
    bool free_mode;         /* --mode free */
    bool full;              /* --depth full: also truth, pairs, progress and nested signals */
    bool in_place;          /* --in-place: pin in the case itself, never in copies */
    bool list;              /* --list */
    bool verbose;           /* --verbose: an event for each shot */
    uint64_t seed;          /* --seed */
    uint32_t shard, shards; /* --shard i/n */
    uint32_t from;          /* --from: the index of the first case among those of the glob */
    uint32_t injected;      /* --injected, --injectable: what the cases before that came to */
    uint32_t injectable;
    const char *cases; /* --cases GLOB */
    const char *marks; /* --marks FILE: in place of the cases' own (other_marks.h) */
    bool marked;       /* --marked: only the cases that --marks has marks for */
    const char *repro; /* --repro CASE@+0xOFF#STATE */
    bool explain;      /* --explain: with --repro or --blame, also the events of explain.h */
    double budget;     /* --budget: seconds of free mode for each case */
    uint32_t bench;    /* --bench: shots */
    bool platform;     /* --platform: the self-test only */
    const char
        *spare;    /* --spare REGISTER: which the adversary does not turn over, to see that this is noticed */
    bool sentinel; /* --sentinel: a call injected where no table is involved */
    const char *blame;   /* --blame SHOT[=VISIT],...: the experiments of blame.h with CASE@+0xOFF#STATE */
    uint32_t visit;      /* at which visit of its PC; 1 unless it is said */
    bool measure;        /* --measure: what the injected call loses (measure.h) */
    oracle_set without;  /* --without ORACLE: as if it were not there */
    struct request fire; /* how to fire, where the part of the check does not need it otherwise: with
                            --no-mend without ctx_mend, to see what the platform loses by itself; --patience:
                            CPU time that a run may take */
};

/* An option of the command line. A table of them ends with a null name. */
struct option_row {
    const char *name;
    const char *takes; /* what it takes, for the usage; null: nothing */
    enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_UINT32, OPTION_UINT64, OPTION_OWN } kind;
    size_t at; /* where the value goes, in bytes from *o; not of OPTION_OWN */
    bool (*parse)(struct options *o, const char *text); /* OPTION_OWN: false if it does not take this text */
};

/* Parses the command line; `more` are options beside the probe's own, or null: *o is then the first member of
 * the structure that has their values. On a bad command line, prints a line to stderr, or the usage, and
 * returns false. */
bool options_parse(struct options *o, const struct option_row *more, int argc, char **argv);

#endif
