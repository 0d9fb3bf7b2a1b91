/* arm: the parts of an instruction's word, and what arch/arm/insn/effects*.c share. */
#ifndef EVERYPC_ARM_EFFECTS_WORD_H
#define EVERYPC_ARM_EFFECTS_WORD_H

#include "insn/effects.h"
#include "effects_table.h"
#include "../probe/regs.h"

enum { ARCH_REGS(UNITS_OF) N_UNITS };
enum { PC = 15 };

static inline uint32_t bits(uint32_t word, int from, int n)
{
    return word >> from & ((1u << n) - 1);
}

static inline uint32_t reg_d(uint32_t word)
{
    return bits(word, 12, 4);
}
static inline uint32_t reg_n(uint32_t word)
{
    return bits(word, 16, 4);
}
static inline uint32_t reg_m(uint32_t word)
{
    return bits(word, 0, 4);
}

/* The PC is not a unit: what reads it reads a constant. */
static inline int general(uint32_t n)
{
    return n == PC ? NO_UNIT : U_r0 + (int)n;
}

/* Singles, and doubles, which are two units from here on. */
static inline int arm_single(uint32_t n)
{
    return U_d0 + (int)n;
}

static inline int arm_double(uint32_t n)
{
    return U_d0 + 2 * (int)n;
}

static inline uint32_t pc_value(const struct effects *fx)
{
    return (uint32_t)fx->pc + 8;
}

/* Notes what the roles (struct arm_row) say of the word's fields. */
void arm_fields(const char *roles, uint32_t word, struct effects *fx);

/* Notes what the row of HOW_... can't say. */
typedef void arm_how_fn(const struct arm_row *row, uint32_t word, struct effects *fx);
arm_how_fn arm_load_store, arm_extra, arm_multiple, arm_exclusive, arm_vfp_load_store, arm_vfp_multiple,
    arm_vfp_pair;

#endif
