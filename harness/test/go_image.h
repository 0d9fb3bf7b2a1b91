/* Writes small Go binaries: any layout of .gopclntab, word size and byte order, with what the reader must be
 * able to do without left out. For the reader's tests and its fuzzer's seeds; after
 * cmd/link/internal/ld/pcln.go and symtab.go of Go 1.15, 1.19, 1.21 and 1.27, and for 1.16's layout after its
 * description in debug/gosym/pclntab.go of 1.19. */
#ifndef EVERYPC_TEST_GO_IMAGE_H
#define EVERYPC_TEST_GO_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum go_layout { GO_1_2, GO_1_16, GO_1_18, GO_1_20, GO_1_27 /* 1.20's, with moduledata as it is now */ };
enum { GO_LAYOUTS = 5, GO_MAX_INLINED = 4 };

enum go_format {
    GO_ELF,
    GO_PE,
    GO_MACHO /* these two for the machines of x86 and ARM, at fixed addresses */
};
enum { GO_FORMATS = 3 };

/* Encoded PC-value table; n 0: none. */
struct go_table {
    const uint8_t *bytes;
    size_t n;
};

struct go_func {
    const char *name;
    uint32_t size;       /* bytes of code, a multiple of the quantum */
    const uint8_t *code; /* null: zeros */
    struct go_table pcsp, unsafe_point, inl_index, pcfile, pcln; /* files: go_image_files, from 1 */
    uint32_t args;
    uint8_t id, flag;
    bool no_maps, no_pointers; /* FUNCDATA_LocalsPointerMaps is missing, or runtime.no_pointers_stackmap */
    bool gap;                  /* no function, but a gap between them (1.2, 1.16) */
    const char *inlined[GO_MAX_INLINED];
};

enum { GO_FILES = 2 };
extern const char *const go_image_files[GO_FILES];

struct go_options {
    enum go_layout layout;
    enum go_format format;
    uint16_t machine; /* EM_... */
    bool wide, big_endian;
    uint8_t quantum;
    uint32_t relative; /* R_..._RELATIVE: position-independent, pointers are relocations (RELA); 0: at fixed
                          addresses */
    uint16_t chained;  /* Mach-O: the format of chained fixups that pointers are; 0: they are pointers */
    bool no_symbols, no_sections, no_text_start, no_build_info;
    const char *version;
    const char *variable; /* a string variable in data with this text; null: none */
};

/* The image, and where its parts are (offsets in the file), so that a test can damage them. */
struct go_image {
    uint8_t *bytes; /* from malloc; the caller's */
    size_t n;
    struct go_options options;
    size_t programs; /* ELF's program headers, PE's section headers, Mach-O's load commands */
    size_t text, go_func, pclntab, names, pctab, functab, func, module, rela, build_info, variable, chains;
};

struct go_image go_image_write(const struct go_options *options, const struct go_func *funcs, size_t n);
/* Reads and overwrites a number of the image, in its byte order. */
uint64_t go_image_get(const struct go_image *image, size_t at, unsigned width);
void go_image_set(struct go_image *image, size_t at, unsigned width, uint64_t v);

#endif
