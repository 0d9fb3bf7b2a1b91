/* An image that no linker made: code and tables from elsewhere, such as object files, put into the form that
 * a linked binary has (layout 1.20 of .gopclntab), so that all that reads binaries reads it too. Internal to
 * the reader (gobin.h). */
#ifndef EVERYPC_GO_MADE_H
#define EVERYPC_GO_MADE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "asm/error.h"
#include "span.h"

struct image;
struct made;

static const uint32_t MADE_NO_TREE = UINT32_MAX;

/* A function. Names, tables and trees are offsets, as the calls below return them. */
struct made_func {
    uint64_t entry;
    uint32_t name, args, pcsp, unsafe_point, inl_index, inl_tree;
    uint8_t id, flags; /* of _func */
    bool has_maps;     /* it has FUNCDATA_LocalsPointerMaps */
};

/* Belongs to the image: image_close frees it. Its byte order is the image's; tables count in quanta of so
 * many bytes. */
struct made *made_new(struct image *img, uint32_t quantum);
void made_free(struct made *m);

/* Code and data; each returns the address, a multiple of `alignment`. */
uint64_t made_add_code(struct made *m, const void *bytes, size_t n, unsigned alignment);
uint64_t made_add_data(struct made *m, const void *bytes, size_t n, unsigned alignment);
uint64_t made_code_end(const struct made *m);
/* Overwrites a pointer in data, if there is one at the address. */
void made_set_pointer(struct made *m, uint64_t address, uint64_t value);
/* Where code begins that is not added, but in a segment of the image already. */
void made_set_base(struct made *m, uint64_t address);

/* A name of n bytes, which end before a zero; a PC-value table, 0 for none. */
uint32_t made_add_name(struct made *m, const char *name, size_t n);
uint32_t made_add_table(struct made *m, struct span table);
/* Entries of an inlining tree, in a row: the first one's offset is the tree's. */
uint32_t made_add_inlined(struct made *m, uint32_t name, uint32_t parent_pc);
/* In order of their entries. */
void made_add_func(struct made *m, const struct made_func *f);

/* A function that lies elsewhere: what calls to the address call. The second one chooses the address. */
void made_add_external(struct made *m, uint64_t address, const char *name, size_t n);
uint64_t made_new_external(struct made *m, const char *name, size_t n);
/* Null if there is none at an address. */
const char *made_external(const struct made *m, uint64_t address);
/* What the instruction with the byte at an address refers to, where the linker would have written it; in
 * order of these addresses. */
void made_add_reference(struct made *m, uint64_t at, uint64_t target);
/* The target of a reference that begins in [from, to); false if there is none. */
bool made_reference(const struct made *m, uint64_t from, uint64_t to, uint64_t *target);

/* Bytes that it holds so far. */
size_t made_size(const struct made *m);

/* Adds segments to the image, for what was added and for the tables. `end` is the address behind the last
 * function's code. False and one line in *e. */
bool made_finish(struct made *m, struct image *img, uint64_t end, const char *version, struct error *e);
/* The same for an image with a .gopclntab of its own, at an address in its segments, and what funcdata is
 * relative to. */
bool made_take_tables(struct made *m, struct image *img, uint64_t pclntab, uint64_t size, uint64_t go_func,
                      const char *version, struct error *e);
/* Sections and symbols as in a linked file. */
bool made_section(const struct image *img, const char *name, uint64_t *address, struct span *bytes);
bool made_symbol(const struct image *img, const char *name, uint64_t *address, uint64_t *size);

#endif
