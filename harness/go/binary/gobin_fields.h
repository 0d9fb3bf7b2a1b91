/* The fields of struct gobin, for the files of this room; everyone else goes through gobin.h. */
#ifndef EVERYPC_GO_GOBIN_FIELDS_H
#define EVERYPC_GO_GOBIN_FIELDS_H

#include "gobin.h"
#include "pclntab.h"

struct gobin {
    char *path;
    struct image image;
    struct pclntab tables;
    uint64_t text;    /* what entries are relative to; 0 in layouts where they aren't */
    uint64_t go_func; /* what funcdata is relative to, likewise */
    /* Address of runtime.no_pointers_stackmap, which assembly functions have; 0 in layouts with a flag for
     * assembly. */
    uint64_t no_pointers;
    char version[64];
    char package[256], module[256]; /* of the program: "cmd/gofmt", "cmd"; "" where it does not say */
    int minor, patch;               /* of that version: 19 and 8 of "go1.19.8"; minor -1: unknown */
};

#endif
