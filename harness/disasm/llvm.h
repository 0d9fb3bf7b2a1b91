/* LLVM's disassembler (llvm-c/Disassembler.h), for targets that capstone 5 does not know. The library is
 * loaded when the first such target asks for it: it is large, and every other run does without. */
#ifndef EVERYPC_LLVM_H
#define EVERYPC_LLVM_H

#include <stddef.h>
#include <stdint.h>

#include "asm/error.h"
#include "target.h"

struct llvm; /* a disassembler of one target */

/* Null and an error if there is no LLVM, or it does not know the target. */
struct llvm *llvm_open(const struct target *target, struct error *e);
void llvm_close(struct llvm *l);

/* Puts the text of the instruction at the start of n bytes, "mnemonic operands", cut to fit. Returns its size
 * in bytes, or 0 if LLVM knows no such instruction. */
size_t llvm_text(struct llvm *l, const uint8_t *bytes, size_t n, uint64_t pc, char *out, size_t size);

#endif
