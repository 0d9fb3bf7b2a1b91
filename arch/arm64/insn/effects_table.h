/* arm64: what each instruction does with its operands, as a table by capstone's instruction id. */
#ifndef EVERYPC_ARM64_EFFECTS_TABLE_H
#define EVERYPC_ARM64_EFFECTS_TABLE_H

#include <stdint.h>

/* clang-format off */
enum insn_flag {
    F_NZCV_R = 1 << 0, /* reads the flags whatever its condition; those with a condition always do */
    F_NZCV_W = 1 << 1,
    F_FPSR   = 1 << 2, /* accumulates FP exceptions or saturation */
    F_PAIR   = 1 << 3, /* moves two of its last register's size to or from memory */
    F_LL     = 1 << 4,
    F_SC     = 1 << 5,
    /* structure load or store: a list of vectors; those that load one element to all lanes are F_DUP too */
    F_LIST   = 1 << 6,
    F_DUP    = 1 << 7,
};
/* clang-format on */

/* Roles are those of the register and memory operands in order: immediates have none.
 *   w  written, wholly      r  read          x  read and written
 *   l  load   s  store   u  atomic update   p  address without an access
 *   *  as the role before it, up to the memory operand or the end
 * In place of a memory operand may stand an immediate, the address of a literal. Registers behind the memory
 * operand are post-index offsets. */
struct insn_row {
    const char *roles; /* null: not known */
    uint8_t size;      /* bytes of memory; 0: as large as the last register in front of the memory operand */
    uint8_t flow;      /* enum flow */
    uint16_t flags;
};
extern const struct insn_row arm64_insns[];

#endif
