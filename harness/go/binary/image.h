/* A loadable file: sections, symbols, and what lies at an address. One reader for each format: ELF
 * (image_elf.c), PE (image_pe.c) and Mach-O (image_macho.c). Internal to the reader (gobin.h). */
#ifndef EVERYPC_GO_IMAGE_H
#define EVERYPC_GO_IMAGE_H

#include <libelf.h>
#include <stddef.h>

#include "asm/error.h"
#include "span.h"
#include "target.h"

enum { MAX_SEGMENTS = 32 };

struct segment {
    uint64_t address;
    struct span file; /* the part that the file holds */
    bool executable;
};

struct image {
    const char *name; /* for messages; borrowed */
    struct span file;
    bool mapped; /* file is a mapping of our own */
    const struct image_format *format;
    Elf *elf; /* null in other formats */
    const struct target *target;
    unsigned pointer; /* bytes */
    uint32_t flags;   /* of the ELF header, otherwise 0 */
    struct segment segments[MAX_SEGMENTS];
    size_t n_segments;
    struct span symbols, strings; /* the symbol table and its names; empty if stripped */
    struct span dynamic;          /* PT_DYNAMIC of ELF */
    struct span headers;          /* PE: of its sections; Mach-O: its load commands */
    struct span fixups;           /* what LC_DYLD_CHAINED_FIXUPS of Mach-O names */
    uint64_t base;                /* PE, Mach-O: the address that it is linked to be loaded at */
    struct reloc *relocs;         /* by address; filled by relocs.c */
    size_t n_relocs;
    struct made *made; /* of what no linker made: owned */
    char system[16];   /* GOOS, where the file says it in so many words, or "" */
};

/* Maps a file, or takes n bytes of the caller's, which must stay. False and one line in *e. */
bool image_open(struct image *img, const char *path, struct error *e);
bool image_open_memory(struct image *img, const char *name, const void *bytes, size_t n, struct error *e);
/* The same for what can run here: anything but ELF is an error. */
bool image_open_elf(struct image *img, const char *path, struct error *e);
void image_close(struct image *img);

/* A section's address and bytes by its name in ELF; false if there is none or the file does not hold it. */
bool image_section(const struct image *img, const char *name, uint64_t *address, struct span *bytes);
/* A symbol by name. Its size is 0 in formats that have none. */
bool image_symbol(const struct image *img, const char *name, uint64_t *address, uint64_t *size);
/* The bytes from an address to the end of its segment; null span (bytes is null) if no segment holds it. */
struct span image_at(const struct image *img, uint64_t address);
/* n bytes at an address, or null if the file does not hold all of them. */
const uint8_t *image_bytes(const struct image *img, uint64_t address, size_t n);
/* Whether code can lie there. */
bool image_is_code(const struct image *img, uint64_t address);

/* Looks for n bytes at multiples of `alignment` that `is_it` takes; false if there are none. */
typedef bool image_match_fn(const void *context, uint64_t address);
bool segment_find(const struct segment *s, const void *bytes, size_t n, unsigned alignment,
                  image_match_fn *is_it, const void *context, uint64_t *address);

#endif
