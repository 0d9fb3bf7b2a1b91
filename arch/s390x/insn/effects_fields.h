/* s390x: the fields of an instruction, by its format. */
#ifndef EVERYPC_S390X_EFFECTS_FIELDS_H
#define EVERYPC_S390X_EFFECTS_FIELDS_H

#include "../probe/regs.h"

#include "insn/effects_fill.h"
#include "effects_table.h"

enum { ARCH_REGS(UNITS_OF) N_UNITS };

/* An instruction's fields. Registers are numbers. */
struct fields {
    uint8_t r1, r2, r3, mask;
    struct effect_mem mem[2];
    int64_t imm, distance; /* distance: bytes from the instruction */
};

static inline int gpr(unsigned n)
{
    return U_r0 + (int)n;
}

static inline int fpr(unsigned n)
{
    return U_v0 + 2 * (int)n;
}

struct fields s390x_fields(enum format format, const uint8_t *b);

/* What tells an instruction from others, as in struct row; of vectors the last byte. */
uint16_t s390x_opcode(const uint8_t *b);

#endif
