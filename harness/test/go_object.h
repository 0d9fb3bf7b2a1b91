/* Writes small object files as Go's compiler does (cmd/internal/goobj, objfile.go of Go 1.19 and 1.27): for
 * the reader's tests and its fuzzer's seeds. */
#ifndef EVERYPC_TEST_GO_OBJECT_H
#define EVERYPC_TEST_GO_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OBJECT_MOST_REFERENCES = 4 };

/* What some bytes of a function refer to: number `to` of the functions and data, in a row; or by name, a
 * function elsewhere; or a number of the runtime's functions. */
struct object_reference {
    uint32_t offset;
    uint8_t size; /* 0: none */
    int32_t to;
    const char *name;
    int32_t builtin; /* from 1 */
    int64_t addend;
};

struct object_func {
    const char *name;
    const uint8_t *code;
    size_t size;
    const uint8_t *pcsp, *unsafe_point;
    size_t pcsp_size, unsafe_size; /* 0: none */
    uint8_t flags;
    bool no_maps;
    const char *inlined; /* at its second PC; null: none */
    struct object_reference reference[OBJECT_MOST_REFERENCES];
};

/* Pointers to places of functions. */
struct object_table {
    int32_t func;
    uint32_t offset[8];
    size_t n;
};

struct object_options {
    const char *header; /* "linux arm64 go1.19.8" */
    bool newest;        /* the form of Go 1.20 */
    bool archive;       /* in an archive, with the compiler's description and what a C compiler made */
    unsigned word;
    const struct object_table *tables; /* the data */
    size_t n_tables;
};

/* `at`: where the form begins, with its magic number. */
struct go_object {
    uint8_t bytes[16384];
    size_t n, at;
};

void go_object_write(struct go_object *o, const struct object_options *options,
                     const struct object_func *funcs, size_t n);

#endif
