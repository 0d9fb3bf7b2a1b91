/* What the parts of the writer of Go binaries share: go_image.c knows Go's tables, go_image_elf.c and its
 * like the file around them. An address is the file's offset plus a constant; the code is one segment, the
 * rest another. */
#ifndef EVERYPC_TEST_GO_IMAGE_PARTS_H
#define EVERYPC_TEST_GO_IMAGE_PARTS_H

#include "go_image.h"

enum { MAX_FUNCS = 64, BASE = 0x10000 };

struct writer {
    struct go_image img;
    unsigned word;
    bool relative; /* entries and funcdata are offsets */
    size_t pointers[256];
    size_t n_pointers; /* where pointers are: what needs a relocation */
    size_t end_text, end_data, symbols, strings;
    uint32_t names[MAX_FUNCS], tables[MAX_FUNCS][5], trees[MAX_FUNCS], stack_map;
    size_t files, units; /* tables of source files */
    size_t no_pointers;
};

/* Each writes at the end. put_bytes and put_string return where; a pointer is noted for the relocations. */
void put(struct writer *w, unsigned width, uint64_t v);
size_t put_bytes(struct writer *w, const void *bytes, size_t n);
size_t put_string(struct writer *w, const char *s);
void put_pointer(struct writer *w, size_t to);
void align(struct writer *w, size_t to);

/* A symbol that the reader looks for, and the offset that it names. */
struct go_symbol {
    const char *name;
    size_t at;
};
enum { MAX_SYMBOLS = 4 };
size_t list_symbols(const struct writer *w, struct go_symbol out[MAX_SYMBOLS]);

/* A format, in the order of the file: room for headers, what lies behind the data (sections' headers,
 * symbols), and the headers. */
struct file_format {
    void (*header)(struct writer *w);
    void (*sections)(struct writer *w, size_t end_pclntab);
    void (*programs)(struct writer *w, size_t end_pclntab, size_t dynamic, size_t end_dynamic);
};
extern const struct file_format elf_file, pe_file, macho_file;
size_t put_rela(struct writer *w); /* ELF */
void put_chains(struct writer *w); /* Mach-O */

#endif
