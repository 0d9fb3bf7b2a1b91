/* x86: what an instruction's row says of it (arch/generic/x86_effects_table.inc), and what it doesn't. */
#ifndef EVERYPC_X86_EFFECTS_H
#define EVERYPC_X86_EFFECTS_H

#include <stdint.h>

/* clang-format off */
enum x86_flag {
    F_FLAGS_R = 1 << 0,  /* reads the status flags */
    F_FLAGS_W = 1 << 1,  /* changes some of them */
    F_FLAGS   = 1 << 2,  /* leaves nothing of them: sets each, or calls it undefined and changes it in fact */
    F_SHIFT   = 1 << 3,  /* sets them unless the count, its last operand, is zero */
    F_SSE     = 1 << 4,  /* adds exceptions to MXCSR */
    F_MXCSR_R = 1 << 5,
    F_MXCSR_W = 1 << 6,  /* wholly, as the control words below */
    F_X87     = 1 << 7,  /* works on the x87 stack: see x87() */
    F_FCW_R   = 1 << 8,
    F_FCW_W   = 1 << 9,
    F_FSW_R   = 1 << 10,
    F_VEX     = 1 << 11, /* a write to an XMM register zeroes the upper half of the YMM register */
    /* a scalar that keeps the register's rest only between registers: a load zeroes it */
    F_MERGE   = 1 << 12,
    F_SAME    = 1 << 13, /* the result does not depend on the sources if they are one register */
};
/* clang-format on */

/* What the operands don't say; and what becomes of values. Each is a function in x86_effects.inc. */
/* clang-format off */
enum x86_how {
    HOW_OPERANDS, /* nothing */
    HOW_MOV, HOW_MOVZX, HOW_LEA, HOW_XCHG,
    HOW_ADD, HOW_SUB, HOW_INC, HOW_DEC, HOW_AND, HOW_OR, HOW_XOR, HOW_SHL,
    HOW_MUL, HOW_DIV, HOW_STRING, HOW_BIT, HOW_VZERO, HOW_INT,
    HOW_PUSH, HOW_POP, HOW_PUSHA, HOW_POPA, HOW_PUSHF, HOW_POPF, HOW_LEAVE, HOW_CALL, HOW_RET, HOW_JUMP,
    N_HOWS,
};
/* clang-format on */

/* Bits of x86_row.in, out and touch: a general register by its number in the register list. */
enum x86_gpr { AX, BX, CX, DX, SI, DI, BP, SP, R8, R9, R10, R11 };
#define GPR(n) (1 << (n))

/* Roles are those of all operands in order; immediates may have any or none.
 *   w  written  r  read  x  read and written  c  written in part, or only if a condition holds  -  not
 * accessed After a role, how much of a vector register; nothing: as much as the operand has. s  its low 4
 * bytes  d  its low 8  h  the 8 after them */
struct x86_row {
    const char *roles; /* null: not known */
    uint16_t flags;    /* enum x86_flag */
    uint8_t flow, how; /* enum flow, enum x86_how */
    uint16_t in, out;  /* implied general registers: read, written wholly, in part or maybe */
    uint16_t touch;
};

#endif
