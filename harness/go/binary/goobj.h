/* One object file of Go's compiler or assembler: its blocks, and a symbol's parts. After
 * cmd/internal/goobj/objfile.go and funcinfo.go of Go 1.19, 1.21, 1.25 and 1.27. Internal to the reader
 * (gobin.h). */
#ifndef EVERYPC_GO_GOOBJ_H
#define EVERYPC_GO_GOOBJ_H

#include "asm/error.h"
#include "span.h"

/* Blocks that are read, by their number. */
enum {
    BLOCK_SYMBOLS = 3, /* then of short hashes, of hashes, without package: all definitions in a row */
    BLOCK_REFERENCES = 7,
    BLOCK_RELOC_INDEX = 11,
    BLOCK_AUX_INDEX,
    BLOCK_DATA_INDEX,
    BLOCK_RELOCS,
    BLOCK_AUX,
    BLOCK_DATA,
    BLOCK_NAMES,
    BLOCK_END,
    N_BLOCKS,
};

struct goobj {
    struct span file;      /* from its magic number on */
    uint32_t at[N_BLOCKS]; /* where each block begins */
    uint32_t flags;
    uint32_t n_symbols;    /* definitions of all kinds */
    uint32_t n_references; /* to symbols without a package */
    uint32_t n_names;      /* of symbols of other packages */
    bool has_start_line;   /* since Go 1.20 */
};

/* Symbols are numbers: definitions in their order, then references without a package. Others are GOOBJ_OTHER.
 */
enum { GOOBJ_NONE = -1, GOOBJ_OTHER = -2 };
struct goobj_reference {
    uint32_t package, index; /* as the file has them */
    int64_t symbol;
};
bool goobj_is_builtin(const struct goobj_reference *r); /* index counts the list of its Go version */

struct goobj_reloc {
    uint32_t offset; /* in the symbol's data */
    uint8_t size;    /* bytes that the linker writes; 0 for marks */
    int64_t addend;
    struct goobj_reference to;
};

/* Kinds of auxiliary symbols of a function. */
enum { AUX_FUNC_INFO = 1, AUX_FUNCDATA = 2, AUX_PCSP = 7, AUX_PC_INLINE = 10, AUX_PCDATA = 11 };

/* A function's own numbers. */
struct goobj_func {
    uint32_t args;
    uint8_t id, flags;
    struct span tree; /* of inlined functions: GOOBJ_INLINED bytes each */
};
enum { GOOBJ_INLINED = 24 };

/* False and one line in *e if it is not one, or not all there. */
bool goobj_open(struct goobj *o, struct span file, const char *name, struct error *e);

/* Symbol i's name, which is empty where it is damaged. Its bytes are not ended by a zero. */
struct span goobj_name(const struct goobj *o, int64_t i);
/* The ABI is a number: 0 for assembly's own. */
struct span goobj_data(const struct goobj *o, uint32_t i);
/* The bounds of symbol i's relocations or auxiliary symbols. */
void goobj_relocs(const struct goobj *o, uint32_t i, uint32_t *from, uint32_t *to);
void goobj_auxes(const struct goobj *o, uint32_t i, uint32_t *from, uint32_t *to);
struct goobj_reloc goobj_reloc(const struct goobj *o, uint32_t number);
/* Its kind, and what it refers to. */
uint8_t goobj_aux(const struct goobj *o, uint32_t number, struct goobj_reference *to);
/* False where it is damaged. */
bool goobj_func(const struct goobj *o, struct span info, struct goobj_func *f);
/* Who was inlined, and at which PC of its caller: entry i of a tree. */
struct goobj_reference goobj_inlined(const struct goobj *o, struct span tree, uint64_t i,
                                     uint32_t *parent_pc);

/* The name of a symbol of another package, by a scan of the names; empty if there is none. */
struct span goobj_other_name(const struct goobj *o, uint32_t number, struct goobj_reference *of);

#endif
