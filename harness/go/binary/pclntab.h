/* The tables of .gopclntab: where a header says they are, and the fields of a function. The layouts are data
 * (layouts.c). Internal to the reader (gobin.h). */
#ifndef EVERYPC_GO_PCLNTAB_H
#define EVERYPC_GO_PCLNTAB_H

#include "image.h"

/* A layout. Offsets of _func's fields count from the end of its first one, the entry. */
struct layout {
    const char *name; /* the first Go version that has it */
    uint32_t magic;
    /* Words of the header, from 0; 0 stands for the table's start. */
    uint8_t text_start, names, units, files, pctab, funcs;
    bool relative;    /* entries are 32-bit offsets from textStart, funcdata 32-bit offsets from go:func.* */
    uint8_t id, flag; /* of _func; flag 0: it has none */
    uint8_t n_funcdata;
    uint8_t size;      /* _func without its entry, pcdata and funcdata */
    uint8_t inl_index; /* PCDATA_InlTreeIndex */
    uint8_t inl_tree;  /* FUNCDATA_InlTree */
    uint8_t inl_entry, inl_name,
        inl_pc; /* bytes of an inlinedCall, and where its name and its parentPc are */
};
/* _func's fields that never moved. */
enum { FUNC_NAME = 0, FUNC_ARGS = 4, FUNC_PCSP = 12, FUNC_PCFILE = 16, FUNC_PCLN = 20, FUNC_N_PCDATA = 24 };
enum { FUNC_UNIT = 28 }; /* cuOffset, in layouts with tables of files by compilation unit */

struct pclntab {
    const struct layout *layout;
    const struct image *image;
    uint64_t address;
    struct span all, names, pctab, funcs, functab;
    /* Names of files: by compilation unit, indices of 4 bytes into `files`; in layout 1.2 `units` is the list
     * of all files and `files` the whole table. Empty where the header names none. */
    struct span units, files;
    uint32_t quantum;
    unsigned pointer, field; /* bytes of a pointer, of a field of functab */
    uint64_t n;              /* functions */
    uint64_t functab_end;    /* offset in funcs: the first _func is after it */
    uint64_t text_start;     /* as the header has it; 0 in layouts without */
};

/* The first bytes of a header, by which it is found: magic, zeros, quantum and pointer size, in an image's
 * byte order. */
enum { N_LAYOUTS = 4, PCLNTAB_START = 8 };
extern const struct layout pclntab_layouts[N_LAYOUTS]; /* layouts.c */
void pclntab_start(const struct image *img, int layout, uint8_t quantum, uint8_t out[PCLNTAB_START]);

/* Reads the header at the start of a span. False and one line in *e, the file's name first. */
bool pclntab_read(struct pclntab *t, const struct image *img, uint64_t address, struct span bytes,
                  struct error *e);
/* The entry of function i, or for i == n the end of the last, as functab has it; where its _func is in funcs.
 */
uint64_t pclntab_entry(const struct pclntab *t, uint64_t i);
uint64_t pclntab_func(const struct pclntab *t, uint64_t i);

#endif
