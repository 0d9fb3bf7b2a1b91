/* Readers: each hands its programs, one after the other, to a sink. */
#ifndef EVERYPC_READ_H
#define EVERYPC_READ_H

#include "program.h"

/* Takes an assembled program; the program is the reader's and is used again. */
typedef bool program_sink(void *context, struct program *p, struct error *e);

/* clang-format off */
/* A .progs file:
 *   ADD ${1|2}, R1, R2        each line outside a TEXT is a grid: a case a combination
 *   SET name = a|b            a set for {@name}
 *   TEXT name(SB), $0 ... END a case of several Progs (a grid too: groups in it are picked line by line,
 *                             all combinations of the whole block)
 *   loop:                     a label
 *   PCDATA $0, $-2            the value of the next Progs, by hand
 *   SPADJ $32                 the next Prog moves SP down by so many bytes, where its operands don't say so,
 *                             as in MOVD R20, RSP (Go's Prog.Spadj)
 *   STAY                      the case is fired at in place, never in a copy
 *   FRAGMENT                  no function, but Progs out of one: its return address is not looked for
 *   FRAME_POINTER             the case keeps frame pointers, as Go does where it keeps them: it begins with
 *                             INIT of the register, the address of a frame record at or above SP
 *   STACK_CHECK               it checks the simulated stack guard (probe/stack_check.h), as Go's prologues do
 *   INIT R1 = arena+64        a register at entry (in a TEXT; before any: for the file's lines)
 *   // comment                also behind a line
 */
/* clang-format on */
bool read_progs_file(const struct asm_arch *arch, const char *path, program_sink *sink, void *context,
                     struct error *e);

/* `count` random programs of 2 to 12 Progs from the templates in `path` (see random.c), the same for
 * the same seed on every machine. `tag`: "" or, where those of several seeds go to one probe, what tells them
 * apart in the names: random.<tag>.7 */
bool read_random(const struct asm_arch *arch, const char *path, uint64_t seed, const char *tag, int count,
                 program_sink *sink, void *context, struct error *e);

/* `count` abstract programs lowered by the templates in `path` (lower.h), with the values that they must end
 * with: the same for the same seed on every target. `tag` as above. */
bool read_cross(const struct asm_arch *arch, const char *path, uint64_t seed, const char *tag, int count,
                program_sink *sink, void *context, struct error *e);

/* The rows of go-progs.tsv of this architecture, as machine code with Go's marks. Rows that can't run on
 * their own are handed to `skip` with the reason. */
typedef void skip_sink(void *context, const char *what, const char *why);
bool read_go_rows(const struct asm_arch *arch, const char *path, program_sink *sink, skip_sink *skip,
                  void *context, struct error *e);

/* All rows of go-progs.tsv of this architecture as one program of ours: what `go-match` compares. */
bool read_go_listing(const struct asm_arch *arch, const char *path, struct program *p, struct error *e);

/* The cases of an object that was assembled from a hand-written .S file, `source`, with the macros of
 * arch/common/probe/cases.inc. `source` is kept by reference. */
bool read_object(const struct asm_arch *arch, const char *path, const char *source, program_sink *sink,
                 void *context, struct error *e);

/* Copies a name into the program, made unique among those handed to it, with only [A-Za-z0-9_.+-]. */
void program_name(struct program *p, const char *stem, const char *text);

/* "random" with the tag of its seed behind it. */
void tagged_stem(const char *stem, const char *tag, char *out, size_t n);

/* The file's name without folder and ending. */
void file_stem(const char *path, char *out, size_t n);

/* The file as lines; *lines is one allocation that the caller frees. Null and an error if it can't be read.
 */
char *read_file(const char *path, struct error *e);

#endif
