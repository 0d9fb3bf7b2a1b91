/* Takes sequences out of a binary that a probe can run: one for each shape of restart range, of address or
 * constant that is made in several instructions, and basic blocks until every form of instruction is among
 * them. Written as hand-written cases are (arch/common/probe/cases.inc): the binary's own bytes with its own
 * marks. */
#ifndef EVERYPC_GO_HARVEST_H
#define EVERYPC_GO_HARVEST_H

#include <stdio.h>

#include "go/binary/gobin.h"

/* clang-format off */
enum harvest_kind {
    HARVEST_RESTART, /* a restart range */
    HARVEST_MADE,    /* a constant, a PC-relative address or a sum in several steps, and what goes on with it, all of it safe */
    HARVEST_BLOCK,   /* of a basic block, what has no jump in it */
    N_HARVEST_KINDS
};
/* clang-format on */
extern const char *const harvest_kind_names[N_HARVEST_KINDS];

struct harvest_options {
    bool all;        /* of the first two kinds, every distinct run of bytes instead of every shape */
    unsigned blocks; /* at most so many */
};

/* A shape, or a run of bytes. */
struct harvest_entry {
    uint64_t key;
    enum harvest_kind kind;
    uint64_t count;     /* occurrences */
    char name[64];      /* of its case; "" if there is none */
    char text[96];      /* its mnemonics */
    const char *why;    /* there is none, or null; of the last occurrence. Static */
    char function[120]; /* where the case is from */
    uint64_t address;   /* of its first instruction there */
    uint32_t offset;
    int32_t cut; /* instructions that were left out at its end, and why_cut: static */
    const char *why_cut;
};

struct harvest {
    struct harvest_entry
        *entries; /* owned; in the order in which they were met. Blocks are only those that became a case */
    size_t n;
    uint64_t functions, insns;   /* looked at */
    uint64_t forms, forms_taken; /* of instructions in front of which a call may be injected; those of them
                                    that are in some block's case */
};

/* Writes the cases to `out` and fills *h, which the caller frees with harvest_free even where it fails. */
bool harvest_write(const struct gobin *bin, const struct harvest_options *o, FILE *out, struct harvest *h,
                   struct error *e);
void harvest_free(struct harvest *h);

#endif
