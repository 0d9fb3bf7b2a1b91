/* x86: registers, operation and operand classes as the optab, the operands and the marks share them. GPR
 * numbers are the hardware's: AX CX DX BX SP BP SI DI. */
#ifndef EVERYPC_X86_OPTAB_H
#define EVERYPC_X86_OPTAB_H

#include "asm/prog.h"

enum { RC_R = 1, RC_LOW, RC_HIGH, RC_X, RC_F, RC_TLS };
enum { RN_AX, RN_CX, RN_DX, RN_BX, RN_SP, RN_BP, RN_SI, RN_DI };
#define X86_SP  REG(RC_R, RN_SP)
#define X86_TLS REG(RC_TLS, 0)

/* Operation classes, the keys of the optab. */
/* clang-format off */
enum opclass {
    OP_ALU = 1, OP_CMP, OP_TEST, OP_SHIFT, OP_UNARY, OP_IMUL, OP_XCHG, OP_REG_TO, OP_TO_REG, OP_BIT,
        OP_EXTEND,
    OP_LEA, OP_BSWAP, OP_SET, OP_PLAIN, OP_PREFIX, OP_TO_MEM, OP_FROM_MEM, OP_MOV, OP_PUSH, OP_POP, OP_JUMP,
    OP_CALL, OP_RET, OP_SSE_MOV, OP_SSE, OP_SSE_IMM, OP_SSE_SHUF, OP_SSE_FROM, OP_SSE_TO, OP_X87_LOAD,
    OP_X87_STORE, OP_X87, OP_X87_POP, OP_X87_COMPARE, OP_STATUS
};
/* clang-format on */

/* Operand classes, a bit each. */
#define C(n) (UINT64_C(1) << (n))
enum {
    C_R = 0,
    C_RB,
    C_CX,
    C_AX,
    C_X,
    C_F,
    C_F0,
    C_MEM,
    C_TLS,
    C_TLSREG,
    C_SYM,
    C_SYMADDR,
    C_I,
    C_U32,
    C_I64,
    C_U8,
    C_TARGET
};
#define R  C(C_R)
#define RB C(C_RB) /* a register of the operation's width */
#define M  (C(C_MEM) | C(C_TLS))
#define RM (RB | M)
#define X  C(C_X)
#define XM (X | M)

/* For struct asm_arch (operands.c, size.c). */
uint64_t x86_classify(const struct prog *p, const struct operand *a);
bool x86_format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n);
const char *x86_unrunnable(const struct prog *p);
const int *x86_implicit_bases(const struct prog *p);
uint32_t x86_size(const struct prog *p, const char *insn);
bool x86_relax(struct prog *p, int64_t distance);

#endif
