/* What a gobin is made of. Internal to the reader (gobin.h). */
#ifndef EVERYPC_GOBIN_PARTS_H
#define EVERYPC_GOBIN_PARTS_H

#include "gobin.h"
#include "pclntab.h"

struct gobin {
    char *path;
    struct image image;
    struct pclntab tables;
    uint64_t text;        /* what entries are relative to; 0 in layouts where they aren't */
    uint64_t go_func;     /* what funcdata is relative to, likewise */
    uint64_t no_pointers; /* address of runtime.no_pointers_stackmap, which assembly has; 0 in layouts with a
                             flag for it */
    char version[64];
    int minor; /* of that version; -1: not known */
};

/* bases.c: fills bin->text and go_func. */
bool find_bases(struct gobin *bin, struct error *e);
/* buildinfo.c: fills bin->version. */
void find_version(struct gobin *bin);
/* The 19 of "go1.19.8"; -1 if it is no release. */
int minor_version(const char *version);
/* funcs.c: the offset from go:func.* of function i's inlining tree, false if it has none. */
bool func_inl_offset(const struct gobin *bin, uint64_t i, uint64_t *offset);
/* funcs.c: fills bin->no_pointers. */
void find_no_pointers(struct gobin *bin);
/* filter.c: whether the runtime refuses all of a function for its name. */
bool is_runtime_name(const char *name);
/* filter.c: notes in f->damage what is wrong with its inlining tree. */
void check_inlining(const struct gobin *bin, struct gobin_func *f);

#endif
