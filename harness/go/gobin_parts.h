/* What a gobin is made of. Internal to the reader (gobin.h). */
#ifndef EVERYPC_GOBIN_PARTS_H
#define EVERYPC_GOBIN_PARTS_H

#include "gobin.h"
#include "pclntab.h"

struct gobin {
    char *path;
    struct image image;
    struct pclntab tables;
    uint64_t text;    /* what entries are relative to; 0 in layouts where they aren't */
    uint64_t go_func; /* what funcdata is relative to, likewise */
    char version[32];
};

/* buildinfo.c: fills bin->version. */
void find_version(struct gobin *bin);
/* filter.c: whether the runtime refuses all of a function for its name. */
bool is_runtime_name(const char *name);
/* filter.c: notes in f->damage what is wrong with its inlining tree. */
void check_inlining(const struct gobin *bin, struct gobin_func *f);

#endif
