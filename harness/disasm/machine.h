/* Machine code of any target, instruction by instruction, whichever library disassembles it: capstone, or
 * LLVM where the target says so (target.h). Host only. */
#ifndef EVERYPC_MACHINE_H
#define EVERYPC_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "asm/error.h"
#include "target.h"

struct machine; /* one a thread */

/* Null and an error if the library at hand does not know the target. */
struct machine *machine_open(const struct target *target, struct error *e);
void machine_close(struct machine *m);

/* Reads the instruction at the start of n bytes, which lie at `pc`. False if there is none that the library
 * knows. What follows speaks of the last one read. */
bool machine_read(struct machine *m, const uint8_t *bytes, size_t n, uint64_t pc);

size_t machine_size(const struct machine *m); /* bytes */
/* "mnemonic operands", cut to fit. */
void machine_text(const struct machine *m, char *out, size_t size);
/* A jump or branch, or a call, which some of capstone's targets take for a jump as well; a way into the
 * kernel. */
bool machine_is_jump(const struct machine *m);
bool machine_is_call(const struct machine *m);
bool machine_enters_kernel(const struct machine *m);

/* With its details, and capstone's handle; null where it is not capstone's. */
struct cs_insn;
const struct cs_insn *machine_capstone(const struct machine *m, size_t *handle);

#endif
