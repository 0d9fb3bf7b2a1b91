/* arm64: registers, operand classes and formats as the optab (optab.c), the operands (operands.c) and the
 * marks share them. */
#ifndef EVERYPC_ARM64_OPTAB_H
#define EVERYPC_ARM64_OPTAB_H

#include "asm/prog.h"

enum { RC_R = 1, RC_F };
#define ARM64_REGTMP REG(RC_R, 27)
#define ARM64_RSP    REG(RC_R, 31)
#define ARM64_ZR     REG(RC_R, 32)

/* Operation classes, the keys of the optab. */
/* clang-format off */
enum opclass {
    OP_ADD = 1, OP_ADDS, OP_CMP, OP_LOGIC, OP_TST, OP_RRR, OP_SHIFT, OP_REM, OP_MADD, OP_RR, OP_CSEL, OP_CINC,
    OP_CSET, OP_CCMP, OP_BITS, OP_EXTR, OP_CBZ, OP_MULL, OP_MADDL, OP_EXTEND, OP_CRC, OP_MOV, OP_LDP, OP_STP,
        OP_FFF,
    OP_FFFF, OP_FF, OP_FCMP, OP_FCSEL, OP_FCCMP, OP_FROM_F, OP_FROM_FW, OP_TO_F, OP_TO_FW, OP_FCVT_SD,
        OP_FCVT_DS,
    OP_VVV, OP_VV, OP_BCOND, OP_B, OP_BL, OP_TBZ, OP_RET, OP_LOADX, OP_STOREX, OP_STLR, OP_ATOMIC, OP_MRS,
        OP_MSR, OP_NOOP,
    OP_CLREX, OP_DMB,
};
/* clang-format on */

/* Operand classes, a bit each (operands.c says which operand is what). Their like in Go's asm7.go, where it
 * has another name, stands behind. */
#define C(n) (UINT64_C(1) << (n))
/* clang-format off */
enum {
    C_R, C_RSP, C_ZR, C_F,
    C_MOVED,    /* a register of the kind that this MOV moves */
    C_ZERO,     /* $0: Go reads it as ZR */
    C_ADDCON,   /* 12 bits, or 12 bits shifted by 12 */
    C_ADDCON2,  /* 24 bits that no single instruction makes */
    C_BITCON,   /* a logical immediate */
    C_CON,      /* any constant but 0 */
    C_NADDCON, C_NADDCON2, C_NCON, /* the same of the negated value, where it is negative */
    C_U6,       /* 0 to 63 */
    C_UNIT,     /* what one load or store can address: UOREG, NSOREG, ROFF */
    C_SPLIT,    /* positive and aligned, in two additions: part of LOREG */
    C_BIG,      /* any other offset: LOREG */
    C_S9,       /* signed 9 bits: NSOREG */
    C_P7,       /* signed 7 bits times the access: PPOREG, NPOREG */
    C_P12,      /* unsigned 12 bits: UOREG4K */
    C_NP12,     /* its negation */
    C_ZOREG,    /* no offset */
    C_ADDR12, C_NADDR12, C_ADDR24, C_ADDRBIG, /* AACON, AACON2, LACON */
    C_SYM, C_SYMADDR, C_PAIR, C_SHIFTED, C_TARGET,
    C_WORD,     /* a bare word: a condition, a system register */
    C_ARRANGED, /* V1.B16 */
};
/* clang-format on */

uint64_t arm64_classify(const struct prog *p, const struct operand *a);
bool arm64_format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n);
bool arm64_macro(struct prog *p, const char *name, const char *args);

extern const struct opname arm64_ops[]; /* ops.c */

extern const struct sp_rule arm64_sp_rules[]; /* sp.c */

bool arm64_is_unsafe_point(const void *prog);
bool arm64_is_restartable(const void *prog);

#endif
