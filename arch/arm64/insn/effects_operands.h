/* arm64: register operands, as units. */
#ifndef EVERYPC_ARM64_EFFECTS_OPERANDS_H
#define EVERYPC_ARM64_EFFECTS_OPERANDS_H

#include <capstone/capstone.h>

#include "../probe/regs.h"

#include "insn/effects_fill.h"

enum { ARCH_REGS(UNITS_OF) N_UNITS };
enum { V_STRIDE = U_v1 - U_v0 };

/* A register operand: its first unit, and its bytes. */
struct operand {
    int16_t unit; /* NO_UNIT: the zero register */
    uint8_t size; /* bytes that are read, or written before what lies above is cleared */
    int8_t lane;  /* of `size` bytes in V, or -1: from the bottom */
    bool vector;
};

static inline uint32_t insn_word(const cs_insn *cs)
{
    return cs->bytes[0] | cs->bytes[1] << 8 | cs->bytes[2] << 16 | (uint32_t)cs->bytes[3] << 24;
}

/* Bytes of an element, by arm64_vas. */
extern const uint8_t arm64_element_bytes[];

/* False for registers that the list does not have: SVE's, SME's. */
bool arm64_operand(const cs_insn *cs, const cs_arm64_op *op, struct operand *o);
void arm64_reads(struct effects *fx, const struct operand *o);
void arm64_writes(struct effects *fx, const struct operand *o);

#endif
