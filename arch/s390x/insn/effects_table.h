/* s390x: what each instruction does with its fields, by opcode. Included by effects.c. z/Architecture
 * Principles of Operation, appendix B; it holds what Go 1.19's compiler and assembler emit
 * (cmd/internal/obj/s390x) and more. By opcode, since capstone has an id for each condition of a branch. */
#ifndef EVERYPC_S390X_EFFECTS_TABLE_H
#define EVERYPC_S390X_EFFECTS_TABLE_H

#include <stdint.h>

/* Formats: which bits are the fields R1, R2 and R3, and the memory operands. */
/* clang-format off */
enum format {
    RR, RRE, RRFa, RRFc, RRD, RX, RXY, RXF, RIa, RIL, RS, RSY, SI, SIY, SIL, SSa, RIEb, RIEc, RIEd, RIEf,
    S, E, I,
};
/* clang-format on */

/* What is done with the register of a field. R reads, W replaces it, T replaces its lower half (a 32-bit
 * operation leaves the upper one). F: floating point, where T is a short one, which replaces the left half.
 * P: an even-odd pair, all of it read, or (PO) only the odd one. */
enum role { N, R, W, RW, T, RT, FR, FW, FRW, FT, FRT, PW, PRW, PRT, POW, POT };

/* clang-format off */
enum kind {
    PLAIN,
    /* a value that can be followed */
    COPY, ADD_SIGNED, ADD_3, ADD_2, SUB_2, SUB_3, CONSTANT, CONSTANT_HIGH, ADDRESS, PC_ADDRESS, AND_2,
        AND_LOW, SHIFT_LEFT,
    /* the second operand is memory, of `size` bytes */
    LOAD, FULL_LOAD, STORE, STORE_FACILITIES, INTERLOCKED, PC_LOAD, PC_FULL_LOAD, PC_STORE,
    MULTIPLE_LOAD, MULTIPLE_STORE, MOVE_RUN, COMPARE_RUNS, CHANGE_RUN, LONG_RUN,
    /* control */
    BRANCH, BRANCH_REG, JUMP_AND_LINK, JUMP_AND_LINK_REG, COMPARE_AND_BRANCH, COUNT_AND_BRANCH,
        COUNT_AND_BRANCH_REG, EXECUTE, SYSCALL, TRAP,
    ACCESS_REG,
};
/* clang-format on */

enum {
    SETS_CC = 1,
    USES_CC = 2,
    MAYBE = 4 /* on condition */,
    SHIFTED = 8 /* the second operand is an amount, not memory */
};

struct row {
    uint16_t opcode; /* 8 bits and, where there are any, 4 or 8 more: 0xa70b is AGHI, 0xe304 LG, 0xb904 LGR */
    uint8_t format, r1, r2, r3, flags, kind, size;
};

/* In order of opcode. */
/* clang-format off */
static const struct row rows[] = {
    {0x01ff, E, N, N, N, 0, TRAP, 0},
    {0x0400, RR, R, N, N, SETS_CC, PLAIN, 0}, /* SPM */
    {0x0700, RR, N, R, N, USES_CC, BRANCH_REG, 0}, /* BCR */
    {0x0a00, I, N, N, N, 0, SYSCALL, 0},
    {0x0d00, RR, W, R, N, 0, JUMP_AND_LINK_REG, 0}, /* BASR */
    {0x1200, RR, T, R, N, SETS_CC, PLAIN, 0}, /* LTR */
    {0x1300, RR, T, R, N, SETS_CC, PLAIN, 0}, /* LCR */
    {0x1400, RR, RT, R, N, SETS_CC, PLAIN, 0}, /* NR */
    {0x1500, RR, R, R, N, SETS_CC, PLAIN, 0}, /* CLR */
    {0x1600, RR, RT, R, N, SETS_CC, PLAIN, 0}, /* OR */
    {0x1700, RR, RT, R, N, SETS_CC, PLAIN, 0}, /* XR */
    {0x1800, RR, T, R, N, 0, PLAIN, 0}, /* LR */
    {0x1900, RR, R, R, N, SETS_CC, PLAIN, 0}, /* CR */
    {0x1a00, RR, RT, R, N, SETS_CC, PLAIN, 0}, /* AR */
    {0x1b00, RR, RT, R, N, SETS_CC, PLAIN, 0}, /* SR */
    {0x1e00, RR, RT, R, N, SETS_CC, PLAIN, 0}, /* ALR */
    {0x1f00, RR, RT, R, N, SETS_CC, PLAIN, 0}, /* SLR */
    {0x2800, RR, FW, FR, N, 0, PLAIN, 0}, /* LDR */
    {0x3800, RR, FT, FR, N, 0, PLAIN, 0}, /* LER */
    {0x4000, RX, R, N, N, 0, STORE, 2}, /* STH */
    {0x4100, RX, W, N, N, 0, ADDRESS, 0}, /* LA */
    {0x4200, RX, R, N, N, 0, STORE, 1}, /* STC */
    {0x4800, RX, T, N, N, 0, LOAD, 2}, /* LH */
    {0x5000, RX, R, N, N, 0, STORE, 4}, /* ST */
    {0x5400, RX, RT, N, N, SETS_CC, LOAD, 4}, /* N */
    {0x5500, RX, R, N, N, SETS_CC, LOAD, 4}, /* CL */
    {0x5600, RX, RT, N, N, SETS_CC, LOAD, 4}, /* O */
    {0x5700, RX, RT, N, N, SETS_CC, LOAD, 4}, /* X */
    {0x5800, RX, T, N, N, 0, LOAD, 4}, /* L */
    {0x5900, RX, R, N, N, SETS_CC, LOAD, 4}, /* C */
    {0x5a00, RX, RT, N, N, SETS_CC, LOAD, 4}, /* A */
    {0x5b00, RX, RT, N, N, SETS_CC, LOAD, 4}, /* S */
    {0x6000, RX, FR, N, N, 0, STORE, 8}, /* STD */
    {0x6800, RX, FW, N, N, 0, LOAD, 8}, /* LD */
    {0x7000, RX, FR, N, N, 0, STORE, 4}, /* STE */
    {0x7100, RX, RT, N, N, 0, LOAD, 4}, /* MS */
    {0x7800, RX, FT, N, N, 0, LOAD, 4}, /* LE */
    {0x9000, RS, N, N, N, 0, MULTIPLE_STORE, 4}, /* STM */
    {0x9200, SI, N, N, N, 0, STORE, 1}, /* MVI */
    {0x9500, SI, N, N, N, SETS_CC, LOAD, 1}, /* CLI */
    {0x9800, RS, N, N, N, 0, MULTIPLE_LOAD, 4}, /* LM */
    {0xa500, RIa, T, N, N, 0, PLAIN, 0}, /* IIHH to IILL: parts of a register */
    {0xa501, RIa, T, N, N, 0, PLAIN, 0},
    {0xa502, RIa, T, N, N, 0, PLAIN, 0},
    {0xa503, RIa, T, N, N, 0, PLAIN, 0},
    {0xa504, RIa, RW, N, N, SETS_CC, PLAIN, 0}, /* NIHH to NILL */
    {0xa505, RIa, RW, N, N, SETS_CC, PLAIN, 0},
    {0xa506, RIa, RW, N, N, SETS_CC, PLAIN, 0},
    {0xa507, RIa, RW, N, N, SETS_CC, AND_LOW, 16},
    {0xa508, RIa, RW, N, N, SETS_CC, PLAIN, 0}, /* OIHH to OILL */
    {0xa509, RIa, RW, N, N, SETS_CC, PLAIN, 0},
    {0xa50a, RIa, RW, N, N, SETS_CC, PLAIN, 0},
    {0xa50b, RIa, RW, N, N, SETS_CC, PLAIN, 0},
    {0xa50c, RIa, W, N, N, 0, CONSTANT_HIGH, 48}, /* LLIHH to LLILL */
    {0xa50d, RIa, W, N, N, 0, CONSTANT_HIGH, 32},
    {0xa50e, RIa, W, N, N, 0, CONSTANT_HIGH, 16},
    {0xa50f, RIa, W, N, N, 0, CONSTANT_HIGH, 0},
    {0xa700, RIa, R, N, N, SETS_CC, PLAIN, 0}, /* TMLH */
    {0xa701, RIa, R, N, N, SETS_CC, PLAIN, 0}, /* TMLL */
    {0xa702, RIa, R, N, N, SETS_CC, PLAIN, 0}, /* TMHH */
    {0xa703, RIa, R, N, N, SETS_CC, PLAIN, 0}, /* TMHL */
    {0xa704, RIa, N, N, N, USES_CC, BRANCH, 0}, /* BRC */
    {0xa705, RIa, W, N, N, 0, JUMP_AND_LINK, 0}, /* BRAS */
    {0xa706, RIa, RT, N, N, 0, COUNT_AND_BRANCH, 0}, /* BRCT */
    {0xa707, RIa, RW, N, N, 0, COUNT_AND_BRANCH, 0}, /* BRCTG */
    {0xa708, RIa, T, N, N, 0, PLAIN, 0}, /* LHI */
    {0xa709, RIa, W, N, N, 0, CONSTANT, 0}, /* LGHI */
    {0xa70a, RIa, RT, N, N, SETS_CC, PLAIN, 0}, /* AHI */
    {0xa70b, RIa, RW, N, N, SETS_CC, ADD_SIGNED, 0}, /* AGHI */
    {0xa70c, RIa, RT, N, N, 0, PLAIN, 0}, /* MHI */
    {0xa70d, RIa, RW, N, N, 0, PLAIN, 0}, /* MGHI */
    {0xa70e, RIa, R, N, N, SETS_CC, PLAIN, 0}, /* CHI */
    {0xa70f, RIa, R, N, N, SETS_CC, PLAIN, 0}, /* CGHI */
    {0xb205, S, N, N, N, SETS_CC, STORE, 8}, /* STCK */
    {0xb222, RRE, RT, N, N, USES_CC, PLAIN, 0}, /* IPM: two bits more stay as they are */
    {0xb24e, RRE, N, R, N, 0, ACCESS_REG, 0}, /* SAR */
    {0xb24f, RRE, T, N, N, 0, ACCESS_REG, 0}, /* EAR */
    {0xb252, RRE, RT, R, N, 0, PLAIN, 0}, /* MSR */
    {0xb255, RRE, RW, RW, N, SETS_CC, LONG_RUN, 0}, /* MVST */
    {0xb25d, RRE, RW, RW, N, SETS_CC, LONG_RUN, 0}, /* CLST */
    {0xb25e, RRE, RW, RW, N, SETS_CC, LONG_RUN, 0}, /* SRST, its character in R0 */
    {0xb27c, S, N, N, N, SETS_CC, STORE, 8}, /* STCKF */
    /* STFLE: the low byte of R0 says how many words, and gets how many there are */
    {0xb2b0, S, N, N, N, SETS_CC, STORE_FACILITIES, 0},
    {0xb300, RRE, FT, FR, N, SETS_CC, PLAIN, 0}, /* LPEBR */
    {0xb302, RRE, FT, FR, N, SETS_CC, PLAIN, 0}, /* LTEBR */
    {0xb303, RRE, FT, FR, N, SETS_CC, PLAIN, 0}, /* LCEBR */
    {0xb304, RRE, FW, FR, N, 0, PLAIN, 0}, /* LDEBR */
    {0xb309, RRE, FR, FR, N, SETS_CC, PLAIN, 0}, /* CEBR */
    {0xb30a, RRE, FRT, FR, N, SETS_CC, PLAIN, 0}, /* AEBR */
    {0xb30b, RRE, FRT, FR, N, SETS_CC, PLAIN, 0}, /* SEBR */
    {0xb30d, RRE, FRT, FR, N, 0, PLAIN, 0}, /* DEBR */
    {0xb30e, RRD, FRT, FR, FR, 0, PLAIN, 0}, /* MAEBR */
    {0xb30f, RRD, FRT, FR, FR, 0, PLAIN, 0}, /* MSEBR */
    {0xb310, RRE, FW, FR, N, SETS_CC, PLAIN, 0}, /* LPDBR */
    {0xb311, RRE, FW, FR, N, SETS_CC, PLAIN, 0}, /* LNDBR */
    {0xb312, RRE, FW, FR, N, SETS_CC, PLAIN, 0}, /* LTDBR */
    {0xb313, RRE, FW, FR, N, SETS_CC, PLAIN, 0}, /* LCDBR */
    {0xb314, RRE, FT, FR, N, 0, PLAIN, 0}, /* SQEBR */
    {0xb315, RRE, FW, FR, N, 0, PLAIN, 0}, /* SQDBR */
    {0xb317, RRE, FRT, FR, N, 0, PLAIN, 0}, /* MEEBR */
    {0xb318, RRE, FR, FR, N, SETS_CC, PLAIN, 0}, /* KDBR */
    {0xb319, RRE, FR, FR, N, SETS_CC, PLAIN, 0}, /* CDBR */
    {0xb31a, RRE, FRW, FR, N, SETS_CC, PLAIN, 0}, /* ADBR */
    {0xb31b, RRE, FRW, FR, N, SETS_CC, PLAIN, 0}, /* SDBR */
    {0xb31c, RRE, FRW, FR, N, 0, PLAIN, 0}, /* MDBR */
    {0xb31d, RRE, FRW, FR, N, 0, PLAIN, 0}, /* DDBR */
    {0xb31e, RRD, FRW, FR, FR, 0, PLAIN, 0}, /* MADBR */
    {0xb31f, RRD, FRW, FR, FR, 0, PLAIN, 0}, /* MSDBR */
    {0xb344, RRE, FT, FR, N, 0, PLAIN, 0}, /* LEDBR */
    {0xb357, RRFc, FT, FR, N, 0, PLAIN, 0}, /* FIEBR */
    {0xb35f, RRFc, FW, FR, N, 0, PLAIN, 0}, /* FIDBR */
    {0xb370, RRE, FW, FR, N, 0, PLAIN, 0}, /* LPDFR */
    {0xb371, RRE, FW, FR, N, 0, PLAIN, 0}, /* LNDFR */
    {0xb372, RRFa, FW, FR, FR, 0, PLAIN, 0}, /* CPSDR */
    {0xb373, RRE, FW, FR, N, 0, PLAIN, 0}, /* LCDFR */
    {0xb374, RRE, FT, N, N, 0, PLAIN, 0}, /* LZER */
    {0xb375, RRE, FW, N, N, 0, PLAIN, 0}, /* LZDR */
    {0xb390, RRFc, FT, R, N, 0, PLAIN, 0}, /* CELFBR */
    {0xb391, RRFc, FW, R, N, 0, PLAIN, 0}, /* CDLFBR */
    {0xb394, RRE, FT, R, N, 0, PLAIN, 0}, /* CEFBR */
    {0xb395, RRE, FW, R, N, 0, PLAIN, 0}, /* CDFBR */
    {0xb398, RRFc, T, FR, N, SETS_CC, PLAIN, 0}, /* CFEBR */
    {0xb399, RRFc, T, FR, N, SETS_CC, PLAIN, 0}, /* CFDBR */
    {0xb39c, RRFc, T, FR, N, SETS_CC, PLAIN, 0}, /* CLFEBR */
    {0xb39d, RRFc, T, FR, N, SETS_CC, PLAIN, 0}, /* CLFDBR */
    {0xb3a0, RRFc, FT, R, N, 0, PLAIN, 0}, /* CELGBR */
    {0xb3a1, RRFc, FW, R, N, 0, PLAIN, 0}, /* CDLGBR */
    {0xb3a4, RRE, FT, R, N, 0, PLAIN, 0}, /* CEGBR */
    {0xb3a5, RRE, FW, R, N, 0, PLAIN, 0}, /* CDGBR */
    {0xb3a8, RRFc, W, FR, N, SETS_CC, PLAIN, 0}, /* CGEBR */
    {0xb3a9, RRFc, W, FR, N, SETS_CC, PLAIN, 0}, /* CGDBR */
    {0xb3ac, RRFc, W, FR, N, SETS_CC, PLAIN, 0}, /* CLGEBR */
    {0xb3ad, RRFc, W, FR, N, SETS_CC, PLAIN, 0}, /* CLGDBR */
    {0xb3c1, RRE, FW, R, N, 0, PLAIN, 0}, /* LDGR */
    {0xb3cd, RRE, W, FR, N, 0, PLAIN, 0}, /* LGDR */
    {0xb900, RRE, W, R, N, SETS_CC, PLAIN, 0}, /* LPGR */
    {0xb901, RRE, W, R, N, SETS_CC, PLAIN, 0}, /* LNGR */
    {0xb902, RRE, W, R, N, SETS_CC, COPY, 0}, /* LTGR */
    {0xb903, RRE, W, R, N, SETS_CC, PLAIN, 0}, /* LCGR */
    {0xb904, RRE, W, R, N, 0, COPY, 0}, /* LGR */
    {0xb906, RRE, W, R, N, 0, PLAIN, 0}, /* LGBR */
    {0xb907, RRE, W, R, N, 0, PLAIN, 0}, /* LGHR */
    {0xb908, RRE, RW, R, N, SETS_CC, ADD_2, 0}, /* AGR */
    {0xb909, RRE, RW, R, N, SETS_CC, SUB_2, 0}, /* SGR */
    {0xb90a, RRE, RW, R, N, SETS_CC, ADD_2, 0}, /* ALGR */
    {0xb90b, RRE, RW, R, N, SETS_CC, SUB_2, 0}, /* SLGR */
    {0xb90c, RRE, RW, R, N, 0, PLAIN, 0}, /* MSGR */
    {0xb90d, RRE, POW, R, N, 0, PLAIN, 0}, /* DSGR */
    {0xb90f, RRE, W, R, N, 0, PLAIN, 0}, /* LRVGR */
    {0xb912, RRE, W, R, N, SETS_CC, PLAIN, 0}, /* LTGFR */
    {0xb913, RRE, W, R, N, SETS_CC, PLAIN, 0}, /* LCGFR */
    {0xb914, RRE, W, R, N, 0, PLAIN, 0}, /* LGFR */
    {0xb916, RRE, W, R, N, 0, PLAIN, 0}, /* LLGFR */
    {0xb918, RRE, RW, R, N, SETS_CC, PLAIN, 0}, /* AGFR */
    {0xb919, RRE, RW, R, N, SETS_CC, PLAIN, 0}, /* SGFR */
    {0xb91c, RRE, RW, R, N, 0, PLAIN, 0}, /* MSGFR */
    {0xb91d, RRE, POW, R, N, 0, PLAIN, 0}, /* DSGFR */
    {0xb91f, RRE, T, R, N, 0, PLAIN, 0}, /* LRVR */
    {0xb920, RRE, R, R, N, SETS_CC, PLAIN, 0}, /* CGR */
    {0xb921, RRE, R, R, N, SETS_CC, PLAIN, 0}, /* CLGR */
    {0xb926, RRE, T, R, N, 0, PLAIN, 0}, /* LBR */
    {0xb927, RRE, T, R, N, 0, PLAIN, 0}, /* LHR */
    {0xb929, RRFa, RW, PRW, PRW, SETS_CC, LONG_RUN, 0}, /* KMA */
    {0xb92a, RRE, RW, PRW, N, SETS_CC, LONG_RUN, 0}, /* KMF */
    {0xb92b, RRE, RW, PRW, N, SETS_CC, LONG_RUN, 0}, /* KMO */
    {0xb92d, RRFa, RW, PRW, RW, SETS_CC, LONG_RUN, 0}, /* KMCTR */
    {0xb92e, RRE, RW, PRW, N, SETS_CC, LONG_RUN, 0}, /* KM */
    {0xb92f, RRE, RW, PRW, N, SETS_CC, LONG_RUN, 0}, /* KMC */
    {0xb930, RRE, R, R, N, SETS_CC, PLAIN, 0}, /* CGFR */
    {0xb931, RRE, R, R, N, SETS_CC, PLAIN, 0}, /* CLGFR */
    {0xb93a, RRE, N, PRW, N, SETS_CC, LONG_RUN, 0}, /* KDSA */
    {0xb93e, RRE, N, PRW, N, SETS_CC, LONG_RUN, 0}, /* KIMD */
    {0xb93f, RRE, N, PRW, N, SETS_CC, LONG_RUN, 0}, /* KLMD */
    {0xb941, RRFc, T, FR, N, SETS_CC, PLAIN, 0}, /* CFDTR */
    {0xb946, RRE, RT, R, N, 0, COUNT_AND_BRANCH_REG, 0}, /* BCTGR; T, as of all that jumps on condition */
    {0xb980, RRE, RW, R, N, SETS_CC, AND_2, 0}, /* NGR */
    {0xb981, RRE, RW, R, N, SETS_CC, PLAIN, 0}, /* OGR */
    {0xb982, RRE, RW, R, N, SETS_CC, PLAIN, 0}, /* XGR */
    {0xb983, RRE, PW, R, N, SETS_CC, PLAIN, 0}, /* FLOGR */
    {0xb984, RRE, W, R, N, 0, PLAIN, 0}, /* LLGCR */
    {0xb985, RRE, W, R, N, 0, PLAIN, 0}, /* LLGHR */
    {0xb986, RRE, POW, R, N, 0, PLAIN, 0}, /* MLGR */
    {0xb987, RRE, PRW, R, N, 0, PLAIN, 0}, /* DLGR */
    {0xb988, RRE, RW, R, N, SETS_CC | USES_CC, PLAIN, 0}, /* ALCGR */
    {0xb989, RRE, RW, R, N, SETS_CC | USES_CC, PLAIN, 0}, /* SLBGR */
    {0xb994, RRE, T, R, N, 0, PLAIN, 0}, /* LLCR */
    {0xb995, RRE, T, R, N, 0, PLAIN, 0}, /* LLHR */
    {0xb996, RRE, POT, R, N, 0, PLAIN, 0}, /* MLR */
    {0xb997, RRE, PRT, R, N, 0, PLAIN, 0}, /* DLR */
    {0xb998, RRE, RT, R, N, SETS_CC | USES_CC, PLAIN, 0}, /* ALCR */
    {0xb999, RRE, RT, R, N, SETS_CC | USES_CC, PLAIN, 0}, /* SLBR */
    {0xb9e1, RRE, W, R, N, SETS_CC, PLAIN, 0}, /* POPCNT */
    {0xb9e2, RRFc, W, R, N, USES_CC | MAYBE, PLAIN, 0}, /* LOCGR */
    {0xb9e4, RRFa, W, R, R, SETS_CC, PLAIN, 0}, /* NGRK */
    {0xb9e6, RRFa, W, R, R, SETS_CC, PLAIN, 0}, /* OGRK */
    {0xb9e7, RRFa, W, R, R, SETS_CC, PLAIN, 0}, /* XGRK */
    {0xb9e8, RRFa, W, R, R, SETS_CC, ADD_3, 0}, /* AGRK */
    {0xb9e9, RRFa, W, R, R, SETS_CC, SUB_3, 0}, /* SGRK */
    {0xb9ea, RRFa, W, R, R, SETS_CC, ADD_3, 0}, /* ALGRK */
    {0xb9eb, RRFa, W, R, R, SETS_CC, SUB_3, 0}, /* SLGRK */
    {0xb9ec, RRFa, PW, R, R, 0, PLAIN, 0}, /* MGRK */
    {0xb9ed, RRFa, W, R, R, SETS_CC, PLAIN, 0}, /* MSGRKC */
    {0xb9f2, RRFc, T, R, N, USES_CC | MAYBE, PLAIN, 0}, /* LOCR */
    {0xb9f4, RRFa, T, R, R, SETS_CC, PLAIN, 0}, /* NRK */
    {0xb9f6, RRFa, T, R, R, SETS_CC, PLAIN, 0}, /* ORK */
    {0xb9f7, RRFa, T, R, R, SETS_CC, PLAIN, 0}, /* XRK */
    {0xb9f8, RRFa, T, R, R, SETS_CC, PLAIN, 0}, /* ARK */
    {0xb9f9, RRFa, T, R, R, SETS_CC, PLAIN, 0}, /* SRK */
    {0xb9fa, RRFa, T, R, R, SETS_CC, PLAIN, 0}, /* ALRK */
    {0xb9fb, RRFa, T, R, R, SETS_CC, PLAIN, 0}, /* SLRK */
    {0xba00, RS, RT, N, R, SETS_CC, INTERLOCKED, 4}, /* CS */
    {0xc000, RIL, W, N, N, 0, PC_ADDRESS, 0}, /* LARL */
    {0xc001, RIL, W, N, N, 0, CONSTANT, 0}, /* LGFI */
    {0xc004, RIL, N, N, N, USES_CC, BRANCH, 0}, /* BRCL */
    {0xc005, RIL, W, N, N, 0, JUMP_AND_LINK, 0}, /* BRASL */
    {0xc006, RIL, RT, N, N, SETS_CC, PLAIN, 0}, /* XIHF */
    {0xc007, RIL, RT, N, N, SETS_CC, PLAIN, 0}, /* XILF */
    {0xc008, RIL, T, N, N, 0, PLAIN, 0}, /* IIHF */
    {0xc009, RIL, T, N, N, 0, PLAIN, 0}, /* IILF */
    {0xc00a, RIL, RT, N, N, SETS_CC, PLAIN, 0}, /* NIHF */
    {0xc00b, RIL, RT, N, N, SETS_CC, AND_LOW, 32}, /* NILF */
    {0xc00c, RIL, RT, N, N, SETS_CC, PLAIN, 0}, /* OIHF */
    {0xc00d, RIL, RT, N, N, SETS_CC, PLAIN, 0}, /* OILF */
    {0xc00e, RIL, W, N, N, 0, CONSTANT_HIGH, 32}, /* LLIHF */
    {0xc00f, RIL, W, N, N, 0, CONSTANT_HIGH, 0}, /* LLILF */
    {0xc200, RIL, RW, N, N, 0, PLAIN, 0}, /* MSGFI */
    {0xc201, RIL, RT, N, N, 0, PLAIN, 0}, /* MSFI */
    {0xc204, RIL, RW, N, N, SETS_CC, PLAIN, 0}, /* SLGFI */
    {0xc205, RIL, RT, N, N, SETS_CC, PLAIN, 0}, /* SLFI */
    {0xc208, RIL, RW, N, N, SETS_CC, ADD_SIGNED, 0}, /* AGFI */
    {0xc209, RIL, RT, N, N, SETS_CC, PLAIN, 0}, /* AFI */
    {0xc20a, RIL, RW, N, N, SETS_CC, PLAIN, 0}, /* ALGFI */
    {0xc20b, RIL, RT, N, N, SETS_CC, PLAIN, 0}, /* ALFI */
    {0xc20c, RIL, R, N, N, SETS_CC, PLAIN, 0}, /* CGFI */
    {0xc20d, RIL, R, N, N, SETS_CC, PLAIN, 0}, /* CFI */
    {0xc20e, RIL, R, N, N, SETS_CC, PLAIN, 0}, /* CLGFI */
    {0xc20f, RIL, R, N, N, SETS_CC, PLAIN, 0}, /* CLFI */
    {0xc402, RIL, T, N, N, 0, PC_LOAD, 2}, /* LLHRL */
    {0xc404, RIL, W, N, N, 0, PC_LOAD, 2}, /* LGHRL */
    {0xc405, RIL, T, N, N, 0, PC_LOAD, 2}, /* LHRL */
    {0xc406, RIL, W, N, N, 0, PC_LOAD, 2}, /* LLGHRL */
    {0xc407, RIL, R, N, N, 0, PC_STORE, 2}, /* STHRL */
    {0xc408, RIL, W, N, N, 0, PC_FULL_LOAD, 8}, /* LGRL */
    {0xc40b, RIL, R, N, N, 0, PC_STORE, 8}, /* STGRL */
    {0xc40c, RIL, W, N, N, 0, PC_LOAD, 4}, /* LGFRL */
    {0xc40d, RIL, T, N, N, 0, PC_LOAD, 4}, /* LRL */
    {0xc40e, RIL, W, N, N, 0, PC_LOAD, 4}, /* LLGFRL */
    {0xc40f, RIL, R, N, N, 0, PC_STORE, 4}, /* STRL */
    {0xc600, RIL, R, N, N, 0, EXECUTE, 0}, /* EXRL */
    {0xd200, SSa, N, N, N, 0, MOVE_RUN, 0}, /* MVC */
    {0xd400, SSa, N, N, N, SETS_CC, CHANGE_RUN, 0}, /* NC */
    {0xd500, SSa, N, N, N, SETS_CC, COMPARE_RUNS, 0}, /* CLC */
    {0xd600, SSa, N, N, N, SETS_CC, CHANGE_RUN, 0}, /* OC */
    {0xd700, SSa, N, N, N, SETS_CC, CHANGE_RUN, 0}, /* XC */
    {0xe302, RXY, W, N, N, SETS_CC, FULL_LOAD, 8}, /* LTG */
    {0xe304, RXY, W, N, N, 0, FULL_LOAD, 8}, /* LG */
    {0xe308, RXY, RW, N, N, SETS_CC, LOAD, 8}, /* AG */
    {0xe309, RXY, RW, N, N, SETS_CC, LOAD, 8}, /* SG */
    {0xe30a, RXY, RW, N, N, SETS_CC, LOAD, 8}, /* ALG */
    {0xe30b, RXY, RW, N, N, SETS_CC, LOAD, 8}, /* SLG */
    {0xe30c, RXY, RW, N, N, 0, LOAD, 8}, /* MSG */
    {0xe30f, RXY, W, N, N, 0, LOAD, 8}, /* LRVG */
    {0xe312, RXY, T, N, N, SETS_CC, LOAD, 4}, /* LT */
    {0xe314, RXY, W, N, N, 0, LOAD, 4}, /* LGF */
    {0xe315, RXY, W, N, N, 0, LOAD, 2}, /* LGH */
    {0xe316, RXY, W, N, N, 0, LOAD, 4}, /* LLGF */
    {0xe318, RXY, RW, N, N, SETS_CC, LOAD, 4}, /* AGF */
    {0xe319, RXY, RW, N, N, SETS_CC, LOAD, 4}, /* SGF */
    {0xe31e, RXY, T, N, N, 0, LOAD, 4}, /* LRV */
    {0xe31f, RXY, RT, N, N, 0, LOAD, 2}, /* LRVH */
    {0xe320, RXY, R, N, N, SETS_CC, LOAD, 8}, /* CG */
    {0xe321, RXY, R, N, N, SETS_CC, LOAD, 8}, /* CLG */
    {0xe324, RXY, R, N, N, 0, STORE, 8}, /* STG */
    {0xe32f, RXY, R, N, N, 0, STORE, 8}, /* STRVG */
    {0xe330, RXY, R, N, N, SETS_CC, LOAD, 4}, /* CGF */
    {0xe33e, RXY, R, N, N, 0, STORE, 4}, /* STRV */
    {0xe33f, RXY, R, N, N, 0, STORE, 2}, /* STRVH */
    {0xe350, RXY, R, N, N, 0, STORE, 4}, /* STY */
    {0xe351, RXY, RT, N, N, 0, LOAD, 4}, /* MSY */
    {0xe354, RXY, RT, N, N, SETS_CC, LOAD, 4}, /* NY */
    {0xe355, RXY, R, N, N, SETS_CC, LOAD, 4}, /* CLY */
    {0xe356, RXY, RT, N, N, SETS_CC, LOAD, 4}, /* OY */
    {0xe357, RXY, RT, N, N, SETS_CC, LOAD, 4}, /* XY */
    {0xe358, RXY, T, N, N, 0, LOAD, 4}, /* LY */
    {0xe359, RXY, R, N, N, SETS_CC, LOAD, 4}, /* CY */
    {0xe35a, RXY, RT, N, N, SETS_CC, LOAD, 4}, /* AY */
    {0xe35b, RXY, RT, N, N, SETS_CC, LOAD, 4}, /* SY */
    {0xe370, RXY, R, N, N, 0, STORE, 2}, /* STHY */
    {0xe371, RXY, W, N, N, 0, ADDRESS, 0}, /* LAY */
    {0xe372, RXY, R, N, N, 0, STORE, 1}, /* STCY */
    {0xe376, RXY, T, N, N, 0, LOAD, 1}, /* LB */
    {0xe377, RXY, W, N, N, 0, LOAD, 1}, /* LGB */
    {0xe378, RXY, T, N, N, 0, LOAD, 2}, /* LHY */
    {0xe380, RXY, RW, N, N, SETS_CC, LOAD, 8}, /* NG */
    {0xe381, RXY, RW, N, N, SETS_CC, LOAD, 8}, /* OG */
    {0xe382, RXY, RW, N, N, SETS_CC, LOAD, 8}, /* XG */
    {0xe386, RXY, POW, N, N, 0, LOAD, 8}, /* MLG */
    {0xe388, RXY, RW, N, N, SETS_CC | USES_CC, LOAD, 8}, /* ALCG */
    {0xe389, RXY, RW, N, N, SETS_CC | USES_CC, LOAD, 8}, /* SLBG */
    {0xe390, RXY, W, N, N, 0, LOAD, 1}, /* LLGC */
    {0xe391, RXY, W, N, N, 0, LOAD, 2}, /* LLGH */
    {0xe394, RXY, T, N, N, 0, LOAD, 1}, /* LLC */
    {0xe395, RXY, T, N, N, 0, LOAD, 2}, /* LLH */
    {0xe544, SIL, N, N, N, 0, STORE, 2}, /* MVHHI */
    {0xe548, SIL, N, N, N, 0, STORE, 8}, /* MVGHI */
    {0xe54c, SIL, N, N, N, 0, STORE, 4}, /* MVHI */
    {0xe554, SIL, N, N, N, SETS_CC, LOAD, 2}, /* CHHSI */
    {0xe558, SIL, N, N, N, SETS_CC, LOAD, 8}, /* CGHSI */
    {0xe55c, SIL, N, N, N, SETS_CC, LOAD, 4}, /* CHSI */
    {0xeb04, RSY, N, N, N, 0, MULTIPLE_LOAD, 8}, /* LMG */
    {0xeb0a, RSY, W, N, R, SETS_CC | SHIFTED, PLAIN, 0}, /* SRAG */
    {0xeb0b, RSY, W, N, R, SETS_CC | SHIFTED, PLAIN, 0}, /* SLAG */
    {0xeb0c, RSY, W, N, R, SHIFTED, PLAIN, 0}, /* SRLG */
    {0xeb0d, RSY, W, N, R, SHIFTED, SHIFT_LEFT, 0}, /* SLLG */
    {0xeb14, RSY, RT, N, R, SETS_CC, INTERLOCKED, 4}, /* CSY */
    {0xeb1c, RSY, W, N, R, SHIFTED, PLAIN, 0}, /* RLLG */
    {0xeb1d, RSY, T, N, R, SHIFTED, PLAIN, 0}, /* RLL */
    {0xeb24, RSY, N, N, N, 0, MULTIPLE_STORE, 8}, /* STMG */
    {0xeb30, RSY, RW, N, R, SETS_CC, INTERLOCKED, 8}, /* CSG */
    {0xeb52, SIY, N, N, N, 0, STORE, 1}, /* MVIY */
    {0xeb55, SIY, N, N, N, SETS_CC, LOAD, 1}, /* CLIY */
    {0xeb6a, SIY, N, N, N, SETS_CC, INTERLOCKED, 4}, /* ASI */
    {0xeb7a, SIY, N, N, N, SETS_CC, INTERLOCKED, 8}, /* AGSI */
    {0xeb90, RSY, N, N, N, 0, MULTIPLE_STORE, 4}, /* STMY */
    {0xeb98, RSY, N, N, N, 0, MULTIPLE_LOAD, 4}, /* LMY */
    {0xebdc, RSY, T, N, R, SETS_CC | SHIFTED, PLAIN, 0}, /* SRAK */
    {0xebdd, RSY, T, N, R, SETS_CC | SHIFTED, PLAIN, 0}, /* SLAK */
    {0xebde, RSY, T, N, R, SHIFTED, PLAIN, 0}, /* SRLK */
    {0xebdf, RSY, T, N, R, SHIFTED, PLAIN, 0}, /* SLLK */
    {0xebe4, RSY, W, N, R, SETS_CC, INTERLOCKED, 8}, /* LANG */
    {0xebe6, RSY, W, N, R, SETS_CC, INTERLOCKED, 8}, /* LAOG */
    {0xebe7, RSY, W, N, R, SETS_CC, INTERLOCKED, 8}, /* LAXG */
    {0xebe8, RSY, W, N, R, SETS_CC, INTERLOCKED, 8}, /* LAAG */
    {0xebea, RSY, W, N, R, SETS_CC, INTERLOCKED, 8}, /* LAALG */
    {0xebf4, RSY, T, N, R, SETS_CC, INTERLOCKED, 4}, /* LAN */
    {0xebf6, RSY, T, N, R, SETS_CC, INTERLOCKED, 4}, /* LAO */
    {0xebf7, RSY, T, N, R, SETS_CC, INTERLOCKED, 4}, /* LAX */
    {0xebf8, RSY, T, N, R, SETS_CC, INTERLOCKED, 4}, /* LAA */
    {0xebfa, RSY, T, N, R, SETS_CC, INTERLOCKED, 4}, /* LAAL */
    {0xec51, RIEf, RT, R, N, 0, PLAIN, 0}, /* RISBLG */
    {0xec54, RIEf, RW, R, N, SETS_CC, PLAIN, 0}, /* RNSBG */
    {0xec55, RIEf, RW, R, N, SETS_CC, PLAIN, 0}, /* RISBG: see insert_bits */
    {0xec56, RIEf, RW, R, N, SETS_CC, PLAIN, 0}, /* ROSBG */
    {0xec57, RIEf, RW, R, N, SETS_CC, PLAIN, 0}, /* RXSBG */
    {0xec59, RIEf, RW, R, N, 0, PLAIN, 0}, /* RISBGN */
    {0xec5d, RIEf, RT, R, N, 0, PLAIN, 0}, /* RISBHG */
    {0xec64, RIEb, R, R, N, 0, COMPARE_AND_BRANCH, 0}, /* CGRJ */
    {0xec65, RIEb, R, R, N, 0, COMPARE_AND_BRANCH, 0}, /* CLGRJ */
    {0xec76, RIEb, R, R, N, 0, COMPARE_AND_BRANCH, 0}, /* CRJ */
    {0xec77, RIEb, R, R, N, 0, COMPARE_AND_BRANCH, 0}, /* CLRJ */
    {0xec7c, RIEc, R, N, N, 0, COMPARE_AND_BRANCH, 0}, /* CGIJ */
    {0xec7d, RIEc, R, N, N, 0, COMPARE_AND_BRANCH, 0}, /* CLGIJ */
    {0xec7e, RIEc, R, N, N, 0, COMPARE_AND_BRANCH, 0}, /* CIJ */
    {0xec7f, RIEc, R, N, N, 0, COMPARE_AND_BRANCH, 0}, /* CLIJ */
    {0xecd8, RIEd, T, N, R, SETS_CC, PLAIN, 0}, /* AHIK */
    {0xecd9, RIEd, W, N, R, SETS_CC, ADD_SIGNED, 0}, /* AGHIK */
    {0xecda, RIEd, T, N, R, SETS_CC, PLAIN, 0}, /* ALHSIK */
    {0xecdb, RIEd, W, N, R, SETS_CC, ADD_SIGNED, 0}, /* ALGHSIK */
    {0xed04, RXY, FW, N, N, 0, LOAD, 4}, /* LDEB; these have displacements of 12 bits, the rest zero */
    {0xed08, RXY, FR, N, N, SETS_CC, LOAD, 4}, /* KEB */
    {0xed09, RXY, FR, N, N, SETS_CC, LOAD, 4}, /* CEB */
    {0xed0a, RXY, FRT, N, N, SETS_CC, LOAD, 4}, /* AEB */
    {0xed0b, RXY, FRT, N, N, SETS_CC, LOAD, 4}, /* SEB */
    {0xed0c, RXY, FRW, N, N, 0, LOAD, 4}, /* MDEB */
    {0xed0d, RXY, FRT, N, N, 0, LOAD, 4}, /* DEB */
    {0xed0e, RXF, FRT, N, FR, 0, LOAD, 4}, /* MAEB */
    {0xed0f, RXF, FRT, N, FR, 0, LOAD, 4}, /* MSEB */
    {0xed10, RXY, FR, N, N, SETS_CC | SHIFTED, PLAIN, 0}, /* TCEB: the address is a number, a mask */
    {0xed11, RXY, FR, N, N, SETS_CC | SHIFTED, PLAIN, 0}, /* TCDB */
    {0xed14, RXY, FT, N, N, 0, LOAD, 4}, /* SQEB */
    {0xed15, RXY, FW, N, N, 0, LOAD, 8}, /* SQDB */
    {0xed17, RXY, FRT, N, N, 0, LOAD, 4}, /* MEEB */
    {0xed18, RXY, FR, N, N, SETS_CC, LOAD, 8}, /* KDB */
    {0xed19, RXY, FR, N, N, SETS_CC, LOAD, 8}, /* CDB */
    {0xed1a, RXY, FRW, N, N, SETS_CC, LOAD, 8}, /* ADB */
    {0xed1b, RXY, FRW, N, N, SETS_CC, LOAD, 8}, /* SDB */
    {0xed1c, RXY, FRW, N, N, 0, LOAD, 8}, /* MDB */
    {0xed1d, RXY, FRW, N, N, 0, LOAD, 8}, /* DDB */
    {0xed1e, RXF, FRW, N, FR, 0, LOAD, 8}, /* MADB */
    {0xed1f, RXF, FRW, N, FR, 0, LOAD, 8}, /* MSDB */
    {0xed24, RXY, FW, N, N, 0, LOAD, 4}, /* LDE */
    {0xed64, RXY, FT, N, N, 0, LOAD, 4}, /* LEY */
    {0xed65, RXY, FW, N, N, 0, LOAD, 8}, /* LDY */
    {0xed66, RXY, FR, N, N, 0, STORE, 4}, /* STEY */
    {0xed67, RXY, FR, N, N, 0, STORE, 8}, /* STDY */
};
/* clang-format on */

#endif
