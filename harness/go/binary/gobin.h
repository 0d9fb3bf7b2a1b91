/* Reads what a Go binary says of its own code: functions, SP-delta and unsafe-point tables, inlining, and
 * whether the runtime would preempt at a PC. ELF, PE and Mach-O; the four layouts of .gopclntab (Go 1.2 to
 * the newest); objects of Go's compiler and assembler; dumps of code that a program made while it ran.
 *
 * A binary is hostile input. Every offset, count and varint is checked against the bytes at hand before it is
 * used, nothing is allocated by a number in the file that its size does not confirm, and no loop is
 * longer than the file. What is wrong is an error that names the file, the table and the offset.
 */
#ifndef EVERYPC_GOBIN_H
#define EVERYPC_GOBIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "asm/error.h"
#include "pctab/pctab.h"

struct gobin;

/* Opens a binary; maps it, does not copy it. Null and one line in *e: no such file, not in one of the
 * formats, not one of the targets, not a Go binary, damaged tables (functions whose own tables are
 * damaged don't fail the opening: see gobin_func.damage). */
struct gobin *gobin_open(const char *path, struct error *e);
/* The same for a file's n bytes, which must stay until it is closed; `name` is for messages. */
struct gobin *gobin_open_memory(const char *name, const void *bytes, size_t n, struct error *e);
void gobin_close(struct gobin *bin);

/* The name it was opened by. Lives as long as bin. */
const char *gobin_path(const struct gobin *bin);
/* The everypc target that its header names: "arm64", "mipsle". Static. */
const char *gobin_target(const struct gobin *bin);
/* "go1.19.8", or "" where the binary has no build info. Lives as long as bin. */
const char *gobin_version(const struct gobin *bin);
/* The path of the program's main package ("math/big.test" of a test) and of its module, or "". Live as long
 * as bin. */
const char *gobin_package(const struct gobin *bin);
const char *gobin_module(const struct gobin *bin);
/* "ELF", "PE", "Mach-O", "Go object" or "dump". Static. */
const char *gobin_format(const struct gobin *bin);
/* The GOOS that an object or a dump is for, or "". Lives as long as bin. */
const char *gobin_system(const struct gobin *bin);
/* "1.2", "1.16", "1.18" or "1.20": the layout of its .gopclntab by magic. Static. */
const char *gobin_layout(const struct gobin *bin);
/* Whether the runtime backs off at PCDATA_UnsafePoint's restart values; Go 1.14 and 1.15 take them as unsafe
 * (runtime/preempt.go, isAsyncSafePoint: anything but UnsafePointSafe). */
bool gobin_obeys_restarts(const struct gobin *bin);
/* Whether the collector scans the slot that pushCall makes for the interrupted link register: Go 1.26.10,
 * 1.27.3 and later (runtime/mgcmark.go, scanframeworker; golang/go#80188). False for an unknown version. */
bool gobin_scans_pushed_link(const struct gobin *bin);
bool gobin_is_big_endian(const struct gobin *bin);
unsigned gobin_pointer_size(const struct gobin *bin); /* bytes */
uint32_t gobin_elf_flags(const struct gobin *bin);    /* of its header */

/* Why the runtime's isAsyncSafePoint refuses a PC whatever the unsafe-point table says (runtime/preempt.go).
 */
/* clang-format off */
enum gobin_filter {
    FILTER_NONE,     /* it looks at the table */
    FILTER_ASM,      /* funcFlag_ASM: assembly */
    FILTER_NO_MAPS,  /* no FUNCDATA_LocalsPointerMaps: assembly, or no frame to scan */
    FILTER_VERSION,  /* the binary is from before Go 1.14, when nothing was preempted by a signal */
    FILTER_RUNTIME,  /* in, or inlined from, the runtime or reflect (filter.c) */
};
/* clang-format on */
const char *gobin_filter_text(enum gobin_filter filter);

struct gobin_func {
    const char *name;    /* lives as long as the binary is open; not necessarily unique */
    uint64_t entry, end; /* addresses; [entry, end) is what the function table gives it, padding included */
    /* end - entry bytes, or null where no section holds them, for the build ID, or for a linker's marker */
    const uint8_t *code;
    uint32_t args,
        flags; /* bytes of arguments; _func.flag: 1 TopFrame, 2 SPWrite, 4 ASM; 0 in layouts without */
    uint8_t func_id;
    enum gobin_filter filter; /* of the function as a whole, inlining aside */
    struct pctab
        sp_delta; /* bytes SP has moved from the entry, callers' return address apart, as Go has it */
    struct pctab unsafe_point;   /* PCDATA_UnsafePoint; in Go 1.14 also values from 0 up, which are register
                                    maps' and safe */
    struct pctab inl_index;      /* PCDATA_InlTreeIndex, for gobin_filter_at */
    uint64_t inl_tree;           /* address of FUNCDATA_InlTree, 0: none */
    uint32_t pcfile, pcln, unit; /* where its tables of files and lines are: for gobin_line */
    uint64_t locals_maps;        /* address of FUNCDATA_LocalsPointerMaps, 0: none */
    char damage[120]; /* "" or what is wrong with its tables, with table and offset; such tables are empty */
};

/* Functions are in order of entry. Where there is a gap between them, in large binaries, it counts as one
 * without a name, code null and FILTER_NO_MAPS, and gobin_find finds nothing. */
size_t gobin_n_funcs(const struct gobin *bin);
/* Fills *f; i < gobin_n_funcs. Safe to call from several threads at once. */
void gobin_func(const struct gobin *bin, size_t i, struct gobin_func *f);
/* The function that holds an address, or gobin_n_funcs if none. */
size_t gobin_find(const struct gobin *bin, uint64_t address);

/* The filter at an offset of the function, inlined functions' names included; and up to where it is the same
 * (bytes from the entry, at most the function's size). An inlining table that is damaged counts as
 * FILTER_NONE and says so in f->damage when the function is filled. */
enum gobin_filter gobin_filter_at(const struct gobin *bin, const struct gobin_func *f, uint32_t offset,
                                  uint32_t *until);

/* The source file, as the compiler was given it or as -trimpath leaves it, and the line of the instruction at
 * an offset of the function; of inlined code, its own. The name lives as long as bin. False where the tables
 * don't say it. */
bool gobin_line(const struct gobin *bin, const struct gobin_func *f, uint32_t offset, const char **file,
                uint32_t *line);

/* What an instruction in [from, to) refers to, where the file has not written it into its code: objects.
 * False if there is nothing, and in linked files. */
bool gobin_reference(const struct gobin *bin, uint64_t from, uint64_t to, uint64_t *target);
/* The name of a function that is not in the file, by the address that its callers call; null in linked files,
 * and where no name is known. Lives as long as bin. */
const char *gobin_external(const struct gobin *bin, uint64_t address);

/* n bytes of the file that are loaded at an address, or null if they aren't all in the file. */
const uint8_t *gobin_bytes(const struct gobin *bin, uint64_t address, size_t n);

/* The address of a variable, such as a field of a struct in a table, that is a Go string with this text. */
bool gobin_find_string(const struct gobin *bin, const char *text, uint64_t *address);

/* The value of a symbol by name, false if there is none (stripped binaries). Its size is 0 outside of ELF. */
bool gobin_symbol(const struct gobin *bin, const char *name, uint64_t *address, uint64_t *size);

#endif
