/* PC-value tables: what an assembler writes beside a function and a signal handler or an unwinder reads in
 * it.
 *
 * A table says, for each PC of a function, the value of PCDATA_UnsafePoint, or how far SP has moved. It is
 * Go's encoding (Go 1.19, cmd/internal/obj/pcln.go funcpctab and runtime/symtab.go pcvalue): a sequence of
 * pairs (zig-zag varint of the value's change, varint of the PC's advance in quanta), ended by a zero value
 * change; the value starts at -1, and a zero change is legal in the first pair only.
 *
 * This module is shared by the host assembler and the guest probe: no I/O, no allocation, no
 * libc beyond the freestanding headers, and the same bytes whatever the byte order.
 */
#ifndef EVERYPC_PCTAB_H
#define EVERYPC_PCTAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Values of PCDATA_UnsafePoint (Go 1.19, cmd/internal/objabi/funcdata.go). */
/* clang-format off */
enum unsafe_point {
    POINT_SAFE             = -1, /* may be interrupted, resumes at the same PC */
    POINT_UNSAFE           = -2, /* must not be interrupted */
    POINT_RESTART_1        = -3, /* may be interrupted, resumes at the start of its range */
    POINT_RESTART_2        = -4, /* the same; two values, so that neighbours do not merge */
    POINT_RESTART_AT_ENTRY = -5, /* may be interrupted, resumes at the function's entry */
};
/* clang-format on */

/* Values of an SP-delta table (Go's pcsp): bytes from the SP at the function's entry down to the one before
 * the instruction at this PC. Go allows less (Go 1.19, cmd/internal/obj/pcln.go pctospadj: -10000 to
 * 1100000000). */
enum {
    SP_DELTA_UNKNOWN = -1, /* what Go's lookup gives where there is no table; no SP is off by one byte */
    SP_DELTA_MIN = -0x20000000,
    SP_DELTA_MAX = 0x20000000,
};

enum pctab_error {
    PCTAB_OK = 0,
    PCTAB_TRUNCATED,     /* the table ends inside a pair, or without its terminator */
    PCTAB_OVERLONG,      /* a varint of more than 32 bits, or a zero value change, not in the first pair, in
                            more than one byte (other padded varints are read, as Go does) */
    PCTAB_NOT_MONOTONIC, /* a run of no PCs but a last one behind others (Go's linker writes such,
                            and no PC finds it), a PC that wraps 32 bits, or (encoding) a gap or disorder */
    PCTAB_OUT_OF_RANGE,  /* a value that its kind does not have, or a PC beyond the function's end */
    PCTAB_NO_SPACE,      /* the output buffer is too small (encoding only) */
    PCTAB_MISALIGNED,  /* a quantum that is not 1, 2 or 4, or (encoding) a PC that is not a multiple of it */
    PCTAB_NOT_COVERED, /* the target PC lies at or beyond the table's last run (lookup only) */
};

/* One line, in English, for an error value, unknown ones included; static storage. */
const char *pctab_strerror(enum pctab_error error);

/* A run of PCs with one value: [start, end), bytes from the function's entry. */
struct pc_run {
    uint32_t start, end;
    int32_t value;
};

/* What a table's values are, and so which are legal. All tables share one encoding. */
enum pctab_kind {
    PCTAB_UNSAFE_POINT, /* enum unsafe_point */
    PCTAB_ANY,          /* any 32-bit value: SP deltas in bytes, indices */
};

/* An encoded table and what is needed to read it. The bytes are borrowed, never written. */
struct pctab {
    const uint8_t *bytes;
    size_t length;      /* of bytes; no byte at or beyond it is ever read, and none behind the terminator, so
                           it may reach over the tables behind this one; 0: no table, bytes may be null */
    uint32_t func_size; /* bytes of code that the table speaks of */
    uint32_t quantum;   /* 1, 2 or 4 bytes */
    enum pctab_kind kind;
};

/* Encodes `n` runs, which must be in order, without gaps, the first at 0; equal neighbours merge (as in
 * Go: a table can't tell them apart). Writes at most `capacity` bytes and the number written to
 * *length, 0 on an error (`out` then holds rubbish). No runs, or runs that are all POINT_SAFE, give an
 * empty table (length 0): Go's "no table". A capacity of 6 * n + 1 always suffices. */
enum pctab_error pctab_encode(const struct pc_run *runs, size_t n, uint32_t quantum, uint8_t *out,
                              size_t capacity, size_t *length);
/* The same for SP deltas: a table of kind PCTAB_ANY. Runs that are all SP_DELTA_UNKNOWN give the empty table.
 * 11 * n + 1 bytes always suffice. */
enum pctab_error pctab_encode_sp_delta(const struct pc_run *runs, size_t n, uint32_t quantum, uint8_t *out,
                                       size_t capacity, size_t *length);

/* An iterator over the runs of a table. An empty table is one run of POINT_SAFE over the function (no run
 * if func_size is 0). The iterator keeps a copy of *table, and borrows its bytes. */
struct pctab_iter {
    struct pctab table;
    size_t at;
    bool done;
    struct pc_run run; /* the current run, once pctab_next has said true */
};
void pctab_begin(struct pctab_iter *it, const struct pctab *table);
/* Steps to the next run. False at the end and on an error, which *error (never null) tells apart; both
 * stay so when asked again, and `run` is then the last good one. */
bool pctab_next(struct pctab_iter *it, enum pctab_error *error);

/* The whole table is well-formed: PCTAB_OK, else the first error. A table may end before the function
 * does (Go's may, in front of padding); it must not go beyond. */
enum pctab_error pctab_check(const struct pctab *table);

/* The run that holds `pc` (bytes from the entry); the start of a restart range is its resume PC. *run is
 * left alone on an error. Bytes behind that run are not looked at: a table not yet trusted wants pctab_check.
 */
enum pctab_error pctab_lookup(const struct pctab *table, uint32_t pc, struct pc_run *run);

/* A lookup cache, as the runtime keeps one (runtime/symtab.go pcvalueCache): direct-mapped by PC, keyed by
 * PC and the whole struct pctab: linkers share equal bytes between functions, and all empty tables look
 * alike but for func_size. Zero-initialised is empty; zero it again if a table's bytes change.
 * Async-signal-safe as long as each thread has its own: a lookup that interrupts another on the same cache
 * goes past it and counts neither as hit nor as miss. */
enum { PCTAB_CACHE_SETS = 16 };
struct pctab_cache {
    struct pctab_cache_entry {
        struct pctab table;
        uint32_t pc;
        bool valid;
        struct pc_run run;
    } entry[PCTAB_CACHE_SETS];
    uint32_t hits, misses;
    volatile bool busy; /* a lookup is under way in this thread */
};
/* As pctab_lookup; errors are not cached. */
enum pctab_error pctab_lookup_cached(struct pctab_cache *cache, const struct pctab *table, uint32_t pc,
                                     struct pc_run *run);

#endif
