/* Reads listings of Go functions and of faults planted into them (arch/<arch>/test/planted/): machine code
 * and what the tables say at each instruction. A file is for one architecture, and goes, line by line:
 *
 *   # a comment
 *   targets mips mipsle             which it is for
 *   lost r23 v0.1                   what the injected call loses: registers, or an 8-byte part of one
 *   function NAME                   a sound one, and its instructions:
 *     08  d65f03c0  s  16  ret      offset, code, point, SP delta, and what the code says in assembly
 *   fault WHAT                      in that function; lines of the same form replace those of these offsets
 *   finds sp@8-c sp, restart@c      what must be found: check, first and last offset, register
 *
 * Offsets are hexadecimal. Code is a word in the target's byte order where the quantum is 4, else bytes in
 * their order. A point is s (safe), u (unsafe), 3 and 4 (restart) or 5 (restart at the entry). A second
 * point, or a second delta behind a slash, holds from the instruction's last quantum on: an edge in the
 * middle. A delta of - ends the table.
 */
#ifndef EVERYPC_TEST_PLANTED_H
#define EVERYPC_TEST_PLANTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PLANTED_INSNS = 24, PLANTED_FUNCS = 24, PLANTED_FAULTS = 64, PLANTED_TEXT = 120 };

struct planted_insn {
    uint32_t offset;
    uint8_t code[15], size;
    int8_t point[2]; /* the second: of the last quantum */
    int32_t delta[2];
    bool no_delta;
};

struct planted_code {
    struct planted_insn insn[PLANTED_INSNS];
    int n;
};

struct planted_fault {
    char what[PLANTED_TEXT], finds[PLANTED_TEXT];
    int func;
    struct planted_code code; /* the function with its lines replaced */
};

struct planted {
    char targets[PLANTED_TEXT], lost[PLANTED_TEXT];
    struct {
        char name[40];
        struct planted_code code;
    } func[PLANTED_FUNCS];
    struct planted_fault fault[PLANTED_FAULTS];
    int n_funcs, n_faults;
};

/* Whether a file is for a target. */
bool planted_is_for(const char *path, const char *target);

/* Reads a file for a target of that quantum and byte order. False and "path:line: reason" in error, of n
 * bytes, where it is not of the form above, an offset is not where the code before it ends, or a fault
 * changes nothing. */
bool planted_read(const char *path, unsigned quantum, bool big_endian, struct planted *p, char *error,
                  size_t n);

/* A function's bytes, and its tables in Go's encoding (Go 1.19, cmd/internal/obj/pcln.go, funcpctab). */
struct planted_bytes {
    uint8_t code[15 * PLANTED_INSNS], points[16 * PLANTED_INSNS], deltas[16 * PLANTED_INSNS];
    uint32_t n_code, n_points, n_deltas; /* n_points 0: safe all over, no table */
};
void planted_encode(const struct planted_code *code, unsigned quantum, struct planted_bytes *out);

#endif
