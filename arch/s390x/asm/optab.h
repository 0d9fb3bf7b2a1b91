/* s390x: what the parts of the optab share: registers, operation classes, operand classes. */
#ifndef EVERYPC_S390X_OPTAB_H
#define EVERYPC_S390X_OPTAB_H

#include "asm/prog.h"

enum { RC_R = 1, RC_F, RC_V, RC_AR };
#define S390X_REGTMP REG(RC_R, 10)

/* ops.c */
extern const struct reg_range s390x_regs[];
extern const struct opname s390x_ops[];

enum opclass {
    OP_MOVD = 1,
    OP_MOVI,
    OP_MOVB,
    OP_MOVREV,
    OP_FMOV,
    OP_ADD,
    OP_ADDW,
    OP_ADDC,
    OP_ADDE,
    OP_MULL,
    OP_MULLW,
    OP_SUB,
    OP_SUBW,
    OP_SUBC,
    OP_SUBE,
    OP_DIV,
    OP_DIVU,
    OP_MOD,
    OP_MODU,
    OP_MULHD,
    OP_MULHDU,
    OP_EVEN,
    OP_UNARY,
    OP_AND,
    OP_OR,
    OP_XOR,
    OP_ANDW,
    OP_ORW,
    OP_XORW,
    OP_SHIFT,
    OP_ROTATE,
    OP_CMP,
    OP_CMPU,
    OP_CMPW,
    OP_CMPWU,
    OP_COMPARE,
    OP_TM,
    OP_IPM,
    OP_SPM,
    OP_FARITH,
    OP_FMADD,
    OP_FROM_INT,
    OP_TO_INT,
    OP_FROUND,
    OP_FCLASS,
    OP_SS,
    OP_CLC,
    OP_CLEAR,
    OP_LM,
    OP_STM,
    OP_LMY,
    OP_STMY,
    OP_LOADOP,
    OP_CS,
    OP_CSG,
    OP_LA,
    OP_LAY,
    OP_BCOND,
    OP_B,
    OP_CALL,
    OP_RET,
    OP_CMPB,
    OP_CMPUB,
    OP_COUNT,
    OP_LOC,
    OP_FIXED2,
    OP_UNDEF,
    OP_VLOAD,
    OP_VSTORE,
    OP_VLM,
    OP_VSTM,
    OP_VARITH,
    OP_VSUB,
    OP_VELEMENT,
    OP_VSET
};

/* What an operand is; most are of several classes. S, U: signed and unsigned bits, N: negative ones, NEGS:
 * the negated constant fits. M: memory, X: an index register is allowed; of M12 and M20 the displacement
 * fits, of MFAR and MBIG it does not. */
#define C(n) (UINT64_C(1) << (n))
enum {
    C_R = 0,
    C_EVEN,
    C_SAME,
    C_F,
    C_V,
    C_AR,
    C_ZERO,
    C_S8,
    C_U8,
    C_S16,
    C_NEGS16,
    C_U16,
    C_S32,
    C_NEGS32,
    C_U32,
    C_N16,
    C_N32,
    C_W32,
    C_HIONES,
    C_LOONES,
    C_HIZERO,
    C_LOZERO,
    C_MOVCON,
    C_CON,
    C_LEN,
    C_MEM0,
    C_M12,
    C_MX12,
    C_M20,
    C_MX20,
    C_MFAR,
    C_MBIG,
    C_MXBIG,
    C_MSAME,
    C_CLEAR12,
    C_A12,
    C_A20,
    C_ABIG,
    C_SYM,
    C_SYMODD,
    C_SYMADDR,
    C_SYMADDRODD,
    C_LITERAL,
    C_TARGET
};

/* operands.c */
uint64_t s390x_classify(const struct prog *p, const struct operand *a);
bool s390x_format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n);
bool s390x_macro(struct prog *p, const char *name, const char *args);

/* marks.c */
extern const struct sp_rule s390x_sp_rules[]; /* sp.c */

bool s390x_is_unsafe_point(const void *prog);

#endif
