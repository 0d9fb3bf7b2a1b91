/* riscv64: instructions of extension V, which capstone 5 does not know. */
#ifndef EVERYPC_RISCV64_EFFECTS_VECTOR_H
#define EVERYPC_RISCV64_EFFECTS_VECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What of the fields is a register that is none of the vectors. */
enum riscv64_vector_role {
    V_READS_RS1 = 1,
    V_READS_RS2 = 2,
    V_READS_F1 = 4,
    V_WRITES_RD = 8,
    V_WRITES_FD = 16,
    V_FLAGS = 32, /* raises exception flags, or saturates */
    V_LOADS = 64, /* memory from rs1 on; where, the other operand says too */
    V_STORES = 128,
};

/* The word's roles, and its name, cut to fit. False if it is no vector instruction that is known. */
bool riscv64_vector(uint32_t word, unsigned *roles, char *name, size_t size);

#endif
