/* riscv64: instructions that capstone 5 does not know: extensions Zba, Zbb, Zbc, Zbs and Zicond. */
#ifndef EVERYPC_RISCV64_EFFECTS_BITS_H
#define EVERYPC_RISCV64_EFFECTS_BITS_H

#include <stdbool.h>
#include <stdint.h>

/* Its name and whether rs2 is a register that it reads (else it is part of the opcode, or an amount); all of
 * them read rs1 and write rd. False if it is none of these. */
bool riscv64_bits(uint32_t word, const char **name, bool *reads_rs2);

#endif
