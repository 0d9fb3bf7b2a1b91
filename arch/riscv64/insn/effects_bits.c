/* riscv64: extensions Zba, Zbb, Zbc and Zbs (RISC-V Bit-Manipulation ISA-extensions, version 1.0.0, chapter
 * 2) and Zicond (RISC-V Integer Conditional Operations Extension, 1.0.0). Go's compiler emits Zba, Zbb and
 * Zicond by GORISCV64, and CPOP behind a test at run time whatever that is. */
#include "effects_bits.h"

#include <stddef.h>

enum { OP = 0x33, OP32 = 0x3b, IMM = 0x13, IMM32 = 0x1b };
enum { REGISTER, NO_RS2, AMOUNT5, AMOUNT6 };

struct bits_row {
    uint8_t opcode, funct3, funct7, rs2, operand; /* rs2: of NO_RS2; operand: what its field is */
    const char *name;
};

/* clang-format off */
static const struct bits_row rows[] = {
    {OP, 7, 0x20, 0, REGISTER, "andn"}, {OP, 6, 0x20, 0, REGISTER, "orn"}, {OP, 4, 0x20, 0, REGISTER, "xnor"},
    {OP, 4, 0x05, 0, REGISTER, "min"}, {OP, 5, 0x05, 0, REGISTER, "minu"},
    {OP, 6, 0x05, 0, REGISTER, "max"}, {OP, 7, 0x05, 0, REGISTER, "maxu"},
    {OP, 1, 0x30, 0, REGISTER, "rol"}, {OP, 5, 0x30, 0, REGISTER, "ror"},
    {OP32, 1, 0x30, 0, REGISTER, "rolw"}, {OP32, 5, 0x30, 0, REGISTER, "rorw"},
    {IMM, 5, 0x30, 0, AMOUNT6, "rori"}, {IMM32, 5, 0x30, 0, AMOUNT5, "roriw"},
    {IMM, 1, 0x30, 0, NO_RS2, "clz"}, {IMM, 1, 0x30, 1, NO_RS2, "ctz"}, {IMM, 1, 0x30, 2, NO_RS2, "cpop"},
    {IMM, 1, 0x30, 4, NO_RS2, "sext.b"}, {IMM, 1, 0x30, 5, NO_RS2, "sext.h"},
    {IMM32, 1, 0x30, 0, NO_RS2, "clzw"}, {IMM32, 1, 0x30, 1, NO_RS2, "ctzw"},
        {IMM32, 1, 0x30, 2, NO_RS2, "cpopw"},
    {OP32, 4, 0x04, 0, NO_RS2, "zext.h"}, {IMM, 5, 0x14, 7, NO_RS2, "orc.b"},
        {IMM, 5, 0x35, 24, NO_RS2, "rev8"},
    {OP, 2, 0x10, 0, REGISTER, "sh1add"}, {OP, 4, 0x10, 0, REGISTER, "sh2add"},
        {OP, 6, 0x10, 0, REGISTER, "sh3add"},
    {OP32, 2, 0x10, 0, REGISTER, "sh1add.uw"}, {OP32, 4, 0x10, 0, REGISTER, "sh2add.uw"},
        {OP32, 6, 0x10, 0, REGISTER, "sh3add.uw"},
    {OP32, 0, 0x04, 0, REGISTER, "add.uw"}, {IMM32, 1, 0x04, 0, AMOUNT6, "slli.uw"},
    {OP, 1, 0x05, 0, REGISTER, "clmul"}, {OP, 2, 0x05, 0, REGISTER, "clmulr"},
        {OP, 3, 0x05, 0, REGISTER, "clmulh"},
    {OP, 1, 0x24, 0, REGISTER, "bclr"}, {OP, 5, 0x24, 0, REGISTER, "bext"},
    {OP, 1, 0x34, 0, REGISTER, "binv"},
        {OP, 1, 0x14, 0, REGISTER, "bset"},
    {IMM, 1, 0x24, 0, AMOUNT6, "bclri"}, {IMM, 5, 0x24, 0, AMOUNT6, "bexti"},
        {IMM, 1, 0x34, 0, AMOUNT6, "binvi"}, {IMM, 1, 0x14, 0, AMOUNT6, "bseti"},
    {OP, 5, 0x07, 0, REGISTER, "czero.eqz"}, {OP, 7, 0x07, 0, REGISTER, "czero.nez"},
};
/* clang-format on */

bool riscv64_bits(uint32_t word, const char **name, bool *reads_rs2)
{
    uint32_t opcode = word & 0x7f, funct3 = word >> 12 & 7, funct7 = word >> 25, rs2 = word >> 20 & 31;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct bits_row *row = &rows[i];
        uint32_t here = row->operand == AMOUNT6 ? funct7 & ~1u : funct7; /* its sixth bit */
        if (row->opcode != opcode || row->funct3 != funct3 || row->funct7 != here ||
            (row->operand == NO_RS2 && row->rs2 != rs2))
            continue;
        *name = row->name;
        *reads_rs2 = row->operand == REGISTER;
        return true;
    }
    return false;
}
