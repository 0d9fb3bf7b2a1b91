/* x86: registers as the optab and the marks name them. GPR numbers are the hardware's: AX CX DX BX SP BP SI
 * DI. */
#ifndef EVERYPC_X86_PROG_H
#define EVERYPC_X86_PROG_H

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

#endif
