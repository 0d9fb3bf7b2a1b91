/* riscv64: 16-bit instructions (extension C), as the 32-bit ones that they stand for. */
#ifndef EVERYPC_RISCV64_EFFECTS_COMPRESSED_H
#define EVERYPC_RISCV64_EFFECTS_COMPRESSED_H

#include <stdbool.h>
#include <stdint.h>

/* From capstone's id of the half to the id and the word of what it stands for, whose fields are all set but
 * those that tell operations apart (opcode, funct3, funct7). False if the id is none of a 16-bit instruction
 * of RV64. */
bool riscv64_expand(uint32_t half, uint32_t *id, uint32_t *word);

#endif
