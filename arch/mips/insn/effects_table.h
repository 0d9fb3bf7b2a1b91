/* mips: what each instruction does with its fields: the opcode maps of the MIPS64 Architecture For
 * Programmers, volume II-A (A.2, Instruction Bit Encoding Tables; release 2), one table for each map.
 * Included by effects.c.
 *
 * Capstone's ids can't be the key: `add`, `add.s` and `add.d` share one, and so do `c.eq.d` and `c.lt.s`.
 *
 * Not known, on purpose: branch-likely, whose delay slot is executed on one of two paths only, which struct
 * effects can't say and Go never emits; coprocessors 0 and 2, COP1X. A row that is not there has kind
 * UNKNOWN. MSA is in effects_msa.c. */
#ifndef EVERYPC_MIPS_EFFECTS_TABLE_H
#define EVERYPC_MIPS_EFFECTS_TABLE_H

#include <stdint.h>

/* What is to be done beside noting the fields' roles. */
/* clang-format off */
enum kind {
    UNKNOWN,
    PLAIN,
    /* a value that can be followed; those of 32 bits are sign-extended on mips64 */
    LOAD_UPPER, ADD_IMM32, ADD_IMM64, AND_IMM, OR_IMM, XOR_IMM, OR, ADD32, ADD64, SUB32, SUB64, AND,
        SHIFT32,
        SHIFT64, SHIFT64_32,
    /* memory at rs + offset; _PART of an unaligned access: the bytes depend on the address */
    LOAD, STORE, LOAD_PART, STORE_PART, LINKED, CONDITIONAL,
    /* control; a trap that is taken if its operands are equal is if they are the same register */
    BRANCH, BRANCH_IF_EQUAL, BRANCH_IF_ZERO, BRANCH_LINK, BRANCH_FLAG, JUMP, JUMP_LINK, JUMP_REG,
        JUMP_REG_LINK,
    SYSCALL, TRAP, TRAP_IF_EQUAL,
    MOVE_IF,  /* may do nothing */
    HARDWARE, /* RDHWR */
    CONTROL,  /* CFC1, CTC1 */
};
/* clang-format on */

/* TO_ is written, the others are read. */
/* clang-format off */
enum role {
    RS = 1 << 0, RT = 1 << 1, TO_RT = 1 << 2, TO_RD = 1 << 3,
    HI = 1 << 4, LO = 1 << 5, TO_HI = 1 << 6, TO_LO = 1 << 7,
    HILO_LOST = 1 << 8, /* unpredictable after it */
    FS = 1 << 9, FT = 1 << 10, TO_FS = 1 << 11, TO_FT = 1 << 12, TO_FD = 1 << 13,
    DOUBLE_FROM = 1 << 14, DOUBLE_TO = 1 << 15, SINGLE_TO = 1 << 16, /* else as the format, else single */
    FLAG = 1 << 17,   /* a condition code of FCR31 */
    RAISES = 1 << 18, /* exception flags or a condition code of FCR31 */
};
/* clang-format on */

struct row {
    uint8_t kind, size; /* bytes of memory */
    uint32_t roles;
};

#define LOADS(bytes, to) \
    { \
        LOAD, bytes, RS | to \
    }
#define STORES(bytes, from) \
    { \
        STORE, bytes, RS | from \
    }
#define THREE \
    { \
        PLAIN, 0, RS | RT | TO_RD \
    }
#define SHIFT \
    { \
        PLAIN, 0, RT | TO_RD \
    }
#define HILO_OF(more) \
    { \
        PLAIN, 0, RS | RT | TO_HI | TO_LO | more \
    }

/* clang-format off */
static const struct row opcodes[64] = {
    [2] = {JUMP}, [3] = {JUMP_LINK},
    [4] = {BRANCH_IF_EQUAL, 0, RS | RT},                       /* BEQ */
    [5] = {BRANCH, 0, RS | RT},                                /* BNE */
    [6] = {BRANCH_IF_ZERO, 0, RS},                             /* BLEZ */
    [7] = {BRANCH, 0, RS},                                     /* BGTZ */
    [8] = {ADD_IMM32, 0, RS | TO_RT}, [9] = {ADD_IMM32, 0, RS | TO_RT},   /* ADDI, ADDIU */
    [10] = {PLAIN, 0, RS | TO_RT}, [11] = {PLAIN, 0, RS | TO_RT},         /* SLTI, SLTIU */
    [12] = {AND_IMM, 0, RS | TO_RT}, [13] = {OR_IMM, 0, RS | TO_RT}, [14] = {XOR_IMM, 0, RS | TO_RT},
    [15] = {LOAD_UPPER, 0, TO_RT},
    [24] = {ADD_IMM64, 0, RS | TO_RT}, [25] = {ADD_IMM64, 0, RS | TO_RT}, /* DADDI, DADDIU */
    [26] = {LOAD_PART, 8, RS | RT | TO_RT}, [27] = {LOAD_PART, 8, RS | RT | TO_RT}, /* LDL, LDR */
    [32] = LOADS(1, TO_RT), [33] = LOADS(2, TO_RT),            /* LB, LH */
    [34] = {LOAD_PART, 4, RS | RT | TO_RT},                    /* LWL */
    [35] = LOADS(4, TO_RT), [36] = LOADS(1, TO_RT), [37] = LOADS(2, TO_RT), /* LW, LBU, LHU */
    [38] = {LOAD_PART, 4, RS | RT | TO_RT},                    /* LWR */
    [39] = LOADS(4, TO_RT),                                    /* LWU */
    [40] = STORES(1, RT), [41] = STORES(2, RT),                /* SB, SH */
    [42] = {STORE_PART, 4, RS | RT},                           /* SWL */
    [43] = STORES(4, RT),                                      /* SW */
    [44] = {STORE_PART, 8, RS | RT}, [45] = {STORE_PART, 8, RS | RT}, /* SDL, SDR */
    [46] = {STORE_PART, 4, RS | RT},                           /* SWR */
    [48] = {LINKED, 4, RS | TO_RT}, [52] = {LINKED, 8, RS | TO_RT},                     /* LL, LLD */
    [56] = {CONDITIONAL, 4, RS | RT | TO_RT}, [60] = {CONDITIONAL, 8, RS | RT | TO_RT}, /* SC, SCD */
    [49] = LOADS(4, TO_FT), [53] = LOADS(8, TO_FT | DOUBLE_TO),                         /* LWC1, LDC1 */
    [57] = STORES(4, FT), [61] = STORES(8, FT | DOUBLE_FROM),                           /* SWC1, SDC1 */
    [51] = {PLAIN, 0, RS},                                     /* PREF */
    [55] = LOADS(8, TO_RT), [63] = STORES(8, RT),              /* LD, SD */
};
/* clang-format on */

/* Opcode 0, by function */
/* clang-format off */
static const struct row special[64] = {
    [0] = {SHIFT32, 0, RT | TO_RD},                            /* SLL, and NOP */
    [1] = {MOVE_IF, 0, RS | FLAG | TO_RD},                     /* MOVF, MOVT */
    [2] = SHIFT, [3] = SHIFT,                                  /* SRL and ROTR, SRA */
    [4] = THREE, [5] = THREE, [6] = THREE, [7] = THREE,        /* SLLV, LSA of MSA, SRLV, SRAV */
    [8] = {JUMP_REG, 0, RS}, [9] = {JUMP_REG_LINK, 0, RS | TO_RD},
    [10] = {MOVE_IF, 0, RS | RT | TO_RD}, [11] = {MOVE_IF, 0, RS | RT | TO_RD}, /* MOVZ, MOVN */
    [12] = {SYSCALL}, [13] = {TRAP},                           /* BREAK */
    [15] = {PLAIN},                                            /* SYNC */
    [16] = {PLAIN, 0, HI | TO_RD}, [17] = {PLAIN, 0, RS | TO_HI}, /* MFHI, MTHI */
    [18] = {PLAIN, 0, LO | TO_RD}, [19] = {PLAIN, 0, RS | TO_LO}, /* MFLO, MTLO */
    [20] = THREE, [21] = THREE, [22] = THREE, [23] = THREE,    /* DSLLV, DLSA of MSA, DSRLV, DSRAV */
    [24 ... 31] = HILO_OF(0),                                  /* MULT, MULTU, DIV, DIVU, and of 64 bits */
    [32] = {ADD32, 0, RS | RT | TO_RD}, [33] = {ADD32, 0, RS | RT | TO_RD}, /* ADD, ADDU */
    [34] = {SUB32, 0, RS | RT | TO_RD}, [35] = {SUB32, 0, RS | RT | TO_RD}, /* SUB, SUBU */
    [36] = {AND, 0, RS | RT | TO_RD},
    [37] = {OR, 0, RS | RT | TO_RD},
    [38] = THREE, [39] = THREE, [42] = THREE, [43] = THREE,    /* XOR, NOR, SLT, SLTU */
    [44] = {ADD64, 0, RS | RT | TO_RD}, [45] = {ADD64, 0, RS | RT | TO_RD}, /* DADD, DADDU */
    [46] = {SUB64, 0, RS | RT | TO_RD}, [47] = {SUB64, 0, RS | RT | TO_RD}, /* DSUB, DSUBU */
    [48] = {TRAP_IF_EQUAL, 0, RS | RT}, [49] = {TRAP_IF_EQUAL, 0, RS | RT}, /* TGE, TGEU */
    [50] = {PLAIN, 0, RS | RT}, [51] = {PLAIN, 0, RS | RT},    /* TLT, TLTU */
    [52] = {TRAP_IF_EQUAL, 0, RS | RT},                        /* TEQ: Go's UNDEF is teq r0, r0 */
    [54] = {PLAIN, 0, RS | RT},                                /* TNE */
    [56] = {SHIFT64, 0, RT | TO_RD}, [58] = SHIFT, [59] = SHIFT,    /* DSLL, DSRL and DROTR, DSRA */
    [60] = {SHIFT64_32, 0, RT | TO_RD}, [62] = SHIFT, [63] = SHIFT, /* and by 32 more */
};
/* clang-format on */

/* Opcode 1, by the field rt */
/* clang-format off */
static const struct row regimm[32] = {
    [0] = {BRANCH, 0, RS}, [1] = {BRANCH_IF_ZERO, 0, RS},       /* BLTZ, BGEZ */
    [8 ... 12] = {PLAIN, 0, RS}, [14] = {PLAIN, 0, RS},         /* TGEI, TGEIU, TLTI, TLTIU, TEQI, TNEI */
    [16] = {BRANCH_LINK, 0, RS}, [17] = {BRANCH_LINK, 0, RS},   /* BLTZAL, BGEZAL and BAL */
    [31] = {PLAIN, 0, RS},                                      /* SYNCI */
};
/* clang-format on */

/* Opcode 28, by function */
/* clang-format off */
static const struct row special2[64] = {
    [0] = HILO_OF(HI | LO), [1] = HILO_OF(HI | LO),             /* MADD, MADDU */
    [2] = {PLAIN, 0, RS | RT | TO_RD | HILO_LOST},              /* MUL */
    [4] = HILO_OF(HI | LO), [5] = HILO_OF(HI | LO),             /* MSUB, MSUBU */
    [32] = {PLAIN, 0, RS | TO_RD}, [33] = {PLAIN, 0, RS | TO_RD}, /* CLZ, CLO */
    [36] = {PLAIN, 0, RS | TO_RD}, [37] = {PLAIN, 0, RS | TO_RD}, /* DCLZ, DCLO */
};
/* clang-format on */

/* Opcode 31, by function */
/* clang-format off */
static const struct row special3[64] = {
    [0 ... 3] = {PLAIN, 0, RS | TO_RT},                         /* EXT, DEXTM, DEXTU, DEXT */
    [4 ... 7] = {PLAIN, 0, RS | RT | TO_RT},                    /* INS, DINSM, DINSU, DINS */
    [32] = SHIFT, [36] = SHIFT,                                 /* WSBH, SEB, SEH; DSBH, DSHD */
    [59] = {HARDWARE, 0, TO_RT},
};
/* clang-format on */

/* Opcode 17, by the field rs, for what is not arithmetic */
/* clang-format off */
static const struct row cop1_moves[16] = {
    [0] = {PLAIN, 0, FS | TO_RT}, [1] = {PLAIN, 0, FS | DOUBLE_FROM | TO_RT}, /* MFC1, DMFC1 */
    [4] = {PLAIN, 0, RT | TO_FS}, [5] = {PLAIN, 0, RT | TO_FS | DOUBLE_TO},   /* MTC1, DMTC1 */
    [2] = {CONTROL, 0, TO_RT}, [6] = {CONTROL, 0, RT},          /* CFC1, CTC1 */
    [8] = {BRANCH_FLAG, 0, FLAG},                               /* BC1F, BC1T */
    [11] = {BRANCH, 0, FT | DOUBLE_FROM}, [15] = {BRANCH, 0, FT | DOUBLE_FROM}, /* BZ.V, BNZ.V of MSA */
};
/* clang-format on */

/* Opcode 17 with a format in rs (S, D, W, L), by function */
/* clang-format off */
static const struct row cop1[64] = {
    [0 ... 3] = {PLAIN, 0, FS | FT | TO_FD | RAISES},           /* ADD, SUB, MUL, DIV */
    [4] = {PLAIN, 0, FS | TO_FD | RAISES}, [5] = {PLAIN, 0, FS | TO_FD | RAISES}, /* SQRT, ABS */
    [6] = {PLAIN, 0, FS | TO_FD}, [7] = {PLAIN, 0, FS | TO_FD | RAISES},          /* MOV, NEG */
    [8 ... 11] = {PLAIN, 0, FS | TO_FD | DOUBLE_TO | RAISES},   /* ROUND, TRUNC, CEIL, FLOOR to L */
    [12 ... 15] = {PLAIN, 0, FS | TO_FD | SINGLE_TO | RAISES},  /* the same to W */
    [17] = {MOVE_IF, 0, FS | FLAG | TO_FD},                     /* MOVF, MOVT */
    [18] = {MOVE_IF, 0, FS | RT | TO_FD}, [19] = {MOVE_IF, 0, FS | RT | TO_FD},     /* MOVZ, MOVN */
    [21] = {PLAIN, 0, FS | TO_FD | RAISES}, [22] = {PLAIN, 0, FS | TO_FD | RAISES}, /* RECIP, RSQRT */
    /* CVT.S, CVT.D */
    [32] = {PLAIN, 0, FS | TO_FD | SINGLE_TO | RAISES}, [33] = {PLAIN, 0, FS | TO_FD | DOUBLE_TO | RAISES},
    /* CVT.W, CVT.L */
    [36] = {PLAIN, 0, FS | TO_FD | SINGLE_TO | RAISES}, [37] = {PLAIN, 0, FS | TO_FD | DOUBLE_TO | RAISES},
    [48 ... 63] = {PLAIN, 0, FS | FT | RAISES},                 /* C.cond */
};
/* clang-format on */

/* Those of 64 bits, which processors of 32 do not have: by the row's number, for each table. */
#define BIT(n)         (UINT64_C(1) << (n))
#define BITS(from, to) ((UINT64_C(2) << (to)) - BIT(from))
static const uint64_t wide_opcodes =
    BITS(24, 27) | BIT(39) | BITS(44, 45) | BIT(52) | BIT(55) | BIT(60) | BIT(63);
static const uint64_t wide_special =
    BITS(20, 23) | BITS(28, 31) | BITS(44, 47) | BIT(56) | BITS(58, 60) | BITS(62, 63);
static const uint64_t wide_special2 = BITS(36, 37), wide_special3 = BITS(1, 3) | BITS(5, 7) | BIT(36);
static const uint64_t wide_cop1_moves = BIT(1) | BIT(5);

#endif
