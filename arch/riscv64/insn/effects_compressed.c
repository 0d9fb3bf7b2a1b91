/* riscv64: the instructions of extension C (The RISC-V Instruction Set Manual, volume I, version 20191213,
 * chapter 16; the layouts are its tables 16.5 to 16.7). Go's assembler uses them from 1.26 on. */
#include "effects_compressed.h"

#include <capstone/riscv.h>
#include <stddef.h>

/* How the fields lie. Names as in the manual; a P says that the destination is its own first source. */
/* clang-format off */
enum layout {
    CR_MOVE, CR_ADD, CR_JUMP, CR_CALL,
    CI_P, CI_LOAD_IMM, CI_UPPER, CI_SP16, CI_SHIFT, CI_LOAD4, CI_LOAD8,
    CSS4, CSS8, CIW, CL4, CL8, CS4, CS8, CA, CB_IMM, CB_SHIFT, CB_BRANCH, CJ,
};
/* clang-format on */

struct compressed {
    uint32_t id; /* what it stands for; 0: nothing */
    enum layout layout;
};

#define ROW(half, word, layout) [RISCV_INS_C_##half - RISCV_INS_C_ADD] = {RISCV_INS_##word, layout}
/* clang-format off */
static const struct compressed table[RISCV_INS_C_XOR - RISCV_INS_C_ADD + 1] = {
    ROW(ADD, ADD, CR_ADD), ROW(MV, ADD, CR_MOVE), ROW(JR, JALR, CR_JUMP), ROW(JALR, JALR, CR_CALL),
    ROW(NOP, ADDI, CI_P), ROW(ADDI, ADDI, CI_P), ROW(ADDIW, ADDIW, CI_P), ROW(LI, ADDI, CI_LOAD_IMM),
        ROW(LUI, LUI, CI_UPPER),
    ROW(ADDI16SP, ADDI, CI_SP16), ROW(ADDI4SPN, ADDI, CIW), ROW(SLLI, SLLI, CI_SHIFT),
        ROW(SRLI, SRLI, CB_SHIFT),
    ROW(SRAI, SRAI, CB_SHIFT), ROW(ANDI, ANDI, CB_IMM),
    ROW(AND, AND, CA), ROW(OR, OR, CA), ROW(XOR, XOR, CA), ROW(SUB, SUB, CA), ROW(ADDW, ADDW, CA),
        ROW(SUBW, SUBW, CA),
    ROW(LW, LW, CL4), ROW(LD, LD, CL8), ROW(FLD, FLD, CL8), ROW(SW, SW, CS4), ROW(SD, SD, CS8),
        ROW(FSD, FSD, CS8),
    ROW(LWSP, LW, CI_LOAD4), ROW(LDSP, LD, CI_LOAD8), ROW(FLDSP, FLD, CI_LOAD8),
    ROW(SWSP, SW, CSS4), ROW(SDSP, SD, CSS8), ROW(FSDSP, FSD, CSS8),
    ROW(BEQZ, BEQ, CB_BRANCH), ROW(BNEZ, BNE, CB_BRANCH), ROW(J, JAL, CJ), ROW(EBREAK, EBREAK, CI_P),
        ROW(UNIMP, UNIMP, CI_P),
};
/* clang-format on */

enum { X0, RA, SP };

/* n bits of the half from `low` on, at bit `to`. */
static uint32_t take(uint32_t half, int low, int n, int to)
{
    return (half >> low & ((1u << n) - 1)) << to;
}

static int32_t sign_extend(uint32_t v, int n)
{
    return (int32_t)(v << (32 - n)) >> (32 - n);
}

/* ---- words, by the format of what the half stands for ---- */

static uint32_t word_r(uint32_t rd, uint32_t rs1, uint32_t rs2)
{
    return rs2 << 20 | rs1 << 15 | rd << 7;
}

static uint32_t word_i(uint32_t rd, uint32_t rs1, int32_t imm)
{
    return (uint32_t)imm << 20 | rs1 << 15 | rd << 7;
}

static uint32_t word_s(uint32_t rs1, uint32_t rs2, uint32_t imm)
{
    return take(imm, 5, 7, 25) | rs2 << 20 | rs1 << 15 | take(imm, 0, 5, 7);
}

static uint32_t word_b(uint32_t rs1, int32_t imm)
{
    uint32_t v = (uint32_t)imm;
    return take(v, 12, 1, 31) | take(v, 5, 6, 25) | rs1 << 15 | take(v, 1, 4, 8) | take(v, 11, 1, 7);
}

static uint32_t word_j(int32_t imm)
{
    uint32_t v = (uint32_t)imm;
    return take(v, 20, 1, 31) | take(v, 1, 10, 21) | take(v, 11, 1, 20) | take(v, 12, 8, 12);
}

/* Immediates whose bits lie all over the half-word. */
static int32_t sp16(uint32_t h)
{
    return sign_extend(
        take(h, 12, 1, 9) | take(h, 6, 1, 4) | take(h, 5, 1, 6) | take(h, 3, 2, 7) | take(h, 2, 1, 5), 10);
}

static int32_t wide(uint32_t h)
{
    return (int32_t)(take(h, 11, 2, 4) | take(h, 7, 4, 6) | take(h, 6, 1, 2) | take(h, 5, 1, 3));
}

static int32_t branch_distance(uint32_t h)
{
    return sign_extend(
        take(h, 12, 1, 8) | take(h, 10, 2, 3) | take(h, 5, 2, 6) | take(h, 3, 2, 1) | take(h, 2, 1, 5), 9);
}

static int32_t jump_distance(uint32_t h)
{
    return sign_extend(take(h, 12, 1, 11) | take(h, 11, 1, 4) | take(h, 9, 2, 8) | take(h, 8, 1, 10) |
                           take(h, 7, 1, 6) | take(h, 6, 1, 7) | take(h, 3, 3, 1) | take(h, 2, 1, 5),
                       12);
}

static uint32_t word_of(enum layout layout, uint32_t h)
{
    uint32_t rd = take(h, 7, 5, 0), rs2 = take(h, 2, 5, 0), low = 8 + take(h, 2, 3, 0),
             high = 8 + take(h, 7, 3, 0);
    uint32_t six = take(h, 12, 1, 5) | take(h, 2, 5, 0);
    uint32_t mem4 = take(h, 10, 3, 3) | take(h, 6, 1, 2) | take(h, 5, 1, 6),
             mem8 = take(h, 10, 3, 3) | take(h, 5, 2, 6);
    switch (layout) {
    case CR_MOVE:
        return word_r(rd, X0, rs2);
    case CR_ADD:
        return word_r(rd, rd, rs2);
    case CR_JUMP:
        return word_i(X0, rd, 0);
    case CR_CALL:
        return word_i(RA, rd, 0);
    case CI_P:
        return word_i(rd, rd, sign_extend(six, 6));
    case CI_LOAD_IMM:
        return word_i(rd, X0, sign_extend(six, 6));
    case CI_UPPER:
        return (uint32_t)sign_extend(six, 6) << 12 | rd << 7;
    case CI_SP16:
        return word_i(SP, SP, sp16(h));
    case CI_SHIFT:
        return word_i(rd, rd, (int32_t)six);
    case CI_LOAD4:
        return word_i(rd, SP, (int32_t)(take(h, 12, 1, 5) | take(h, 4, 3, 2) | take(h, 2, 2, 6)));
    case CI_LOAD8:
        return word_i(rd, SP, (int32_t)(take(h, 12, 1, 5) | take(h, 5, 2, 3) | take(h, 2, 3, 6)));
    case CSS4:
        return word_s(SP, rs2, take(h, 9, 4, 2) | take(h, 7, 2, 6));
    case CSS8:
        return word_s(SP, rs2, take(h, 10, 3, 3) | take(h, 7, 3, 6));
    case CIW:
        return word_i(low, SP, wide(h));
    case CL4:
        return word_i(low, high, (int32_t)mem4);
    case CL8:
        return word_i(low, high, (int32_t)mem8);
    case CS4:
        return word_s(high, low, mem4);
    case CS8:
        return word_s(high, low, mem8);
    case CA:
        return word_r(high, high, low);
    case CB_IMM:
        return word_i(high, high, sign_extend(six, 6));
    case CB_SHIFT:
        return word_i(high, high, (int32_t)six);
    case CB_BRANCH:
        return word_b(high, branch_distance(h));
    default: /* CJ */
        return word_j(jump_distance(h));
    }
}

bool riscv64_expand(uint32_t half, uint32_t *id, uint32_t *word)
{
    if (*id < RISCV_INS_C_ADD || *id > RISCV_INS_C_XOR || !table[*id - RISCV_INS_C_ADD].id)
        return false;
    const struct compressed *c = &table[*id - RISCV_INS_C_ADD];
    *word = word_of(c->layout, half);
    *id = c->id;
    return true;
}
