/* arm: what each instruction does with the fields of its word. */
#ifndef EVERYPC_ARM_EFFECTS_TABLE_H
#define EVERYPC_ARM_EFFECTS_TABLE_H

#include <stdint.h>

/* clang-format off */
enum arm_flag {
    F_NZCV_R = 1 << 0,
    F_NZCV   = 1 << 1, /* sets N, Z, C and V */
    F_NZ     = 1 << 2, /* sets some of them, or Q */
    F_S      = 1 << 3, /* the two above only if the S bit, 20, is set */
    F_FPSCR  = 1 << 4, /* changes bits of FPSCR: exceptions, the flags of a comparison */
    F_FPSCR_R = 1 << 5,
    F_FPSCR_W = 1 << 6, /* wholly */
    F_LL     = 1 << 7,
    F_SC     = 1 << 8,
    F_ATOMIC = 1 << 9,
    F_TLS    = 1 << 10,
};
/* clang-format on */

/* What the fields don't say; and what becomes of values. Each is a function in effects.c. */
/* clang-format off */
enum arm_how {
    HOW_FIELDS, /* nothing */
    HOW_DATA, /* data processing: also with the PC as its destination */
    HOW_MOVW, HOW_MOVT, HOW_MSR, HOW_SVC, HOW_BRANCH, HOW_BX,
    HOW_LOAD_STORE, HOW_EXTRA, HOW_MULTIPLE, HOW_EXCLUSIVE, HOW_VFP_LOAD_STORE, HOW_VFP_MULTIPLE,
        HOW_VFP_PAIR,
    N_HOWS,
};
/* clang-format on */

/* Roles are pairs of
 *   w  written  r  read  x  read and written
 * and a field of the word
 *   d  bits 15 to 12  n  19 to 16  m  3 to 0  s  11 to 8  e  the register after d  f  after m
 *   o  the second operand of data processing: an immediate, or a register that is shifted
 *   D  N  M  floating-point registers, of the size that bit 8 says  O  D of the other size  F  G  single D
 *      and M
 *   H  the half of the double N that bit 21 chooses */
struct arm_row {
    uint32_t mask, value; /* of the word, without its condition; the first row that fits counts */
    const char *roles;
    uint16_t flags;    /* enum arm_flag */
    uint8_t how, flow; /* enum arm_how, enum flow */
    uint8_t op;        /* HOW_DATA: enum arm_data */
};

/* How data processing combines its operands. */
enum arm_data { DATA_OTHER, DATA_ADD, DATA_SUB, DATA_AND, DATA_BIC, DATA_OR, DATA_XOR, DATA_MOV, DATA_MVN };

/* Instructions with a condition, and those whose condition is 1111. The last row has no roles. */
extern const struct arm_row arm_rows[], arm_unconditional_rows[];

#endif
