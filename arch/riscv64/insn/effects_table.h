/* riscv64: what each instruction does with its fields, by capstone's id. Included by effects.c, which relies
 * on rd, rs1, rs2 and rs3 being the same bits in every format, and on the id to settle the format.
 *
 * The table holds RV64G, all that Go 1.19 emits (cmd/internal/obj/riscv) and more. A row that is not there
 * has kind UNKNOWN. What capstone does not know is in effects_bits.c. 16-bit instructions are looked up as
 * what they stand for (effects_compressed.h). */
#ifndef EVERYPC_RISCV64_EFFECTS_TABLE_H
#define EVERYPC_RISCV64_EFFECTS_TABLE_H

#include <capstone/riscv.h>
#include <stdint.h>

/* What is to be done beside noting the fields' roles. */
/* clang-format off */
enum kind {
    UNKNOWN,
    PLAIN,
    /* a value that can be followed */
    LOAD_UPPER, ADD_PC, ADD_IMM, ADDW_IMM, AND_IMM, OR_IMM, XOR_IMM, SHIFT_LEFT, ADD, SUB,
    /* memory; FULL_LOAD fills a general register */
    LOAD, FULL_LOAD, STORE, LINKED, CONDITIONAL, ATOMIC,
    /* control */
    BRANCH, JUMP, JUMP_REG, SYSCALL, TRAP,
    /* control and status registers: replaced, or bits of them set or cleared */
    CSR_SWAP, CSR_CHANGE,
};
/* clang-format on */

/* X: general, F: floating point; D: rd, 1: rs1 and so on. D is written, the others are read. */
/* clang-format off */
enum role {
    XD = 1 << 0, X1 = 1 << 1, X2 = 1 << 2, FD = 1 << 3, F1 = 1 << 4, F2 = 1 << 5, F3 = 1 << 6,
    FLAGS = 1 << 7, /* raises exception flags in fcsr */
};
/* clang-format on */

struct row {
    uint8_t kind, roles, size; /* size: bytes of memory */
};

#define ROW(id, ...)       [RISCV_INS_##id] = {__VA_ARGS__}
#define OP(id)             ROW(id, PLAIN, XD | X1 | X2)
#define OP_IMM(id)         ROW(id, PLAIN, XD | X1)
#define BOTH(row, id, ...) row(id##_S, __VA_ARGS__), row(id##_D, __VA_ARGS__)
#define FP(id, roles)      ROW(id, PLAIN, roles)
#define ORDERED(id, ...) \
    ROW(id, __VA_ARGS__), ROW(id##_AQ, __VA_ARGS__), ROW(id##_RL, __VA_ARGS__), ROW(id##_AQ_RL, __VA_ARGS__)
#define AMO(id) ORDERED(id##_W, ATOMIC, XD | X2, 4), ORDERED(id##_D, ATOMIC, XD | X2, 8)

/* clang-format off */
static const struct row rows[RISCV_INS_ENDING] = {
    /* RV64I */
    ROW(LUI, LOAD_UPPER, XD), ROW(AUIPC, ADD_PC, XD),
    ROW(ADDI, ADD_IMM, XD | X1), ROW(ADDIW, ADDW_IMM, XD | X1), ROW(ANDI, AND_IMM, XD | X1),
    ROW(ORI, OR_IMM, XD | X1), ROW(XORI, XOR_IMM, XD | X1), ROW(SLLI, SHIFT_LEFT, XD | X1),
    ROW(ADD, ADD, XD | X1 | X2), ROW(SUB, SUB, XD | X1 | X2),
    OP_IMM(SLTI), OP_IMM(SLTIU), OP_IMM(SRLI), OP_IMM(SRAI), OP_IMM(SLLIW), OP_IMM(SRLIW), OP_IMM(SRAIW),
    OP(ADDW), OP(SUBW), OP(AND), OP(OR), OP(XOR), OP(SLT), OP(SLTU), OP(SLL), OP(SRL), OP(SRA), OP(SLLW),
        OP(SRLW), OP(SRAW),
    ROW(LB, LOAD, XD, 1), ROW(LBU, LOAD, XD, 1), ROW(LH, LOAD, XD, 2), ROW(LHU, LOAD, XD, 2),
        ROW(LW, LOAD, XD, 4),
    ROW(LWU, LOAD, XD, 4), ROW(LD, FULL_LOAD, XD, 8),
    ROW(SB, STORE, X2, 1), ROW(SH, STORE, X2, 2), ROW(SW, STORE, X2, 4), ROW(SD, STORE, X2, 8),
    ROW(BEQ, BRANCH, X1 | X2), ROW(BNE, BRANCH, X1 | X2), ROW(BLT, BRANCH, X1 | X2),
        ROW(BGE, BRANCH, X1 | X2),
    ROW(BLTU, BRANCH, X1 | X2), ROW(BGEU, BRANCH, X1 | X2),
    ROW(JAL, JUMP, XD), ROW(JALR, JUMP_REG, XD | X1),
    ROW(FENCE, PLAIN), ROW(FENCE_I, PLAIN), ROW(FENCE_TSO, PLAIN),
    ROW(ECALL, SYSCALL), ROW(EBREAK, TRAP), ROW(UNIMP, TRAP), /* words of zeros, too */
    ROW(CSRRW, CSR_SWAP, XD | X1), ROW(CSRRS, CSR_CHANGE, XD | X1), ROW(CSRRC, CSR_CHANGE, XD | X1),
    ROW(CSRRWI, CSR_SWAP, XD), ROW(CSRRSI, CSR_CHANGE, XD), ROW(CSRRCI, CSR_CHANGE, XD),

    /* M */
    OP(MUL), OP(MULH), OP(MULHU), OP(MULHSU), OP(MULW), OP(DIV), OP(DIVU), OP(DIVW), OP(DIVUW), OP(REM),
        OP(REMU), OP(REMW),
    OP(REMUW),

    /* A */
    ORDERED(LR_W, LINKED, XD, 4), ORDERED(LR_D, LINKED, XD, 8),
    ORDERED(SC_W, CONDITIONAL, XD | X2, 4), ORDERED(SC_D, CONDITIONAL, XD | X2, 8),
    AMO(AMOSWAP), AMO(AMOADD), AMO(AMOAND), AMO(AMOOR), AMO(AMOXOR), AMO(AMOMIN), AMO(AMOMAX), AMO(AMOMINU),
        AMO(AMOMAXU),

    /* F and D. A single is boxed: it fills its register. Conversions that are always exact raise no flag. */
    ROW(FLW, LOAD, FD, 4), ROW(FLD, LOAD, FD, 8), ROW(FSW, STORE, F2, 4), ROW(FSD, STORE, F2, 8),
    BOTH(FP, FADD, FD | F1 | F2 | FLAGS), BOTH(FP, FSUB, FD | F1 | F2 | FLAGS),
        BOTH(FP, FMUL, FD | F1 | F2 | FLAGS),
    BOTH(FP, FDIV, FD | F1 | F2 | FLAGS), BOTH(FP, FMIN, FD | F1 | F2 | FLAGS),
        BOTH(FP, FMAX, FD | F1 | F2 | FLAGS),
    BOTH(FP, FSQRT, FD | F1 | FLAGS),
    BOTH(FP, FMADD, FD | F1 | F2 | F3 | FLAGS), BOTH(FP, FMSUB, FD | F1 | F2 | F3 | FLAGS),
    BOTH(FP, FNMADD, FD | F1 | F2 | F3 | FLAGS), BOTH(FP, FNMSUB, FD | F1 | F2 | F3 | FLAGS),
    BOTH(FP, FSGNJ, FD | F1 | F2), BOTH(FP, FSGNJN, FD | F1 | F2), BOTH(FP, FSGNJX, FD | F1 | F2),
    BOTH(FP, FEQ, XD | F1 | F2 | FLAGS), BOTH(FP, FLT, XD | F1 | F2 | FLAGS),
        BOTH(FP, FLE, XD | F1 | F2 | FLAGS),
    BOTH(FP, FCLASS, XD | F1),
    FP(FMV_X_W, XD | F1), FP(FMV_X_D, XD | F1), FP(FMV_W_X, FD | X1), FP(FMV_D_X, FD | X1),
    BOTH(FP, FCVT_W, XD | F1 | FLAGS), BOTH(FP, FCVT_WU, XD | F1 | FLAGS), BOTH(FP, FCVT_L, XD | F1 | FLAGS),
    BOTH(FP, FCVT_LU, XD | F1 | FLAGS),
    FP(FCVT_S_W, FD | X1 | FLAGS), FP(FCVT_S_WU, FD | X1 | FLAGS), FP(FCVT_S_L, FD | X1 | FLAGS),
    FP(FCVT_S_LU, FD | X1 | FLAGS),
    FP(FCVT_D_W, FD | X1), FP(FCVT_D_WU, FD | X1), FP(FCVT_D_L, FD | X1 | FLAGS),
        FP(FCVT_D_LU, FD | X1 | FLAGS),
    FP(FCVT_S_D, FD | F1 | FLAGS), FP(FCVT_D_S, FD | F1 | FLAGS),
};
/* clang-format on */

#endif
