/* amd64: the operations and the optab, after Go 1.19, cmd/internal/obj/x86/asm6.go. No REGTMP. TLS accesses
 * of two instructions are what the assembler makes for Windows, Plan 9 and -shared; here with Linux's
 * segment. */
#include "optab.h"

#define SYM_FLAGS PC_RELATIVE

/* clang-format off */
static const struct reg_range regs[] = {
    {"AX", 0, 0, REG(RC_R, RN_AX)}, {"CX", 0, 0, REG(RC_R, RN_CX)}, {"DX", 0, 0, REG(RC_R, RN_DX)},
    {"BX", 0, 0, REG(RC_R, RN_BX)}, {"SP", 0, 0, REG(RC_R, RN_SP)}, {"BP", 0, 0, REG(RC_R, RN_BP)},
    {"SI", 0, 0, REG(RC_R, RN_SI)}, {"DI", 0, 0, REG(RC_R, RN_DI)}, {"R", 8, 8, REG(RC_R, 8)},
    {"AL", 0, 0, REG(RC_LOW, RN_AX)}, {"CL", 0, 0, REG(RC_LOW, RN_CX)}, {"DL", 0, 0, REG(RC_LOW, RN_DX)},
    {"BL", 0, 0, REG(RC_LOW, RN_BX)}, {"SIB", 0, 0, REG(RC_LOW, RN_SI)}, {"DIB", 0, 0, REG(RC_LOW, RN_DI)},
    {"AH", 0, 0, REG(RC_HIGH, RN_AX)}, {"CH", 0, 0, REG(RC_HIGH, RN_CX)}, {"DH", 0, 0, REG(RC_HIGH, RN_DX)},
    {"BH", 0, 0, REG(RC_HIGH, RN_BX)},
    {"X", 0, 16, REG(RC_X, 0)}, {"F", 0, 8, REG(RC_F, 0)}, {"TLS", 0, 0, X86_TLS},
    {0},
};
/* clang-format on */

#define WORDS(go, class, gas) \
    {go "W", class, {gas "w", "w"}}, {go "L", class, {gas "l", "l"}}, {go "Q", class, {gas "q", "q"}},
#define INTS(go, class, gas) {go "B", class, {gas "b", "b"}}, WORDS(go, class, gas)
/* clang-format off */
#define SHIFTS(go, gas, other) {go "B", OP_SHIFT, {gas "b", "b"}}, \
{go "W", OP_SHIFT, {gas "w", "w", other "w"}}, \
    {go "L", OP_SHIFT, {gas "l", "l", other "l"}}, {go "Q", OP_SHIFT, {gas "q", "q", other "q"}},
#define COND(go, gas) {"J" go, OP_JUMP, {"j" gas}}, {"SET" go, OP_SET, {"set" gas, "b"}}, \
    {"CMOVW" go, OP_TO_REG, {"cmov" gas "w", "w"}}, {"CMOVL" go, OP_TO_REG, {"cmov" gas "l", "l"}}, \
    {"CMOVQ" go, OP_TO_REG, {"cmov" gas "q", "q"}},

static const struct opname ops[] = {
#include "x86/common/asm/ops.def"
    {"MOVQ", OP_MOV, {"movq", "q", "movq"}},
    {"MOVBQSX", OP_EXTEND, {"movsbq", "b", "q"}}, {"MOVBQZX", OP_EXTEND, {"movzbq", "b", "q"}},
    {"MOVWQSX", OP_EXTEND, {"movswq", "w", "q"}}, {"MOVWQZX", OP_EXTEND, {"movzwq", "w", "q"}},
    {"MOVLQSX", OP_EXTEND, {"movslq", "l", "q"}}, {"MOVLQZX", OP_TO_REG, {"{load} movl", "l"}},
    {"LEAQ", OP_LEA, {"leaq", "q"}}, {"BSWAPQ", OP_BSWAP, {"bswapq", "q"}},
    {"CQO", OP_PLAIN, {"cqto"}}, {"CDQE", OP_PLAIN, {"cltq"}},
    {"PUSHQ", OP_PUSH, {"pushq", "q"}}, {"POPQ", OP_POP, {"popq", "q"}},
    {"PUSHFQ", OP_PLAIN, {"pushfq"}}, {"POPFQ", OP_PLAIN, {"popfq"}},
    {"MOVSQ", OP_PLAIN, {"movsq"}}, {"STOSQ", OP_PLAIN, {"stosq"}}, {"LODSQ", OP_PLAIN, {"lodsq"}},
    {"CMPSQ", OP_PLAIN, {"cmpsq"}}, {"SCASQ", OP_PLAIN, {"scasq"}},
    {"CMPXCHG16B", OP_TO_MEM, {"cmpxchg16b"}},
    {"CVTSQ2SD", OP_SSE_FROM, {"cvtsi2sdq", "q"}}, {"CVTSQ2SS", OP_SSE_FROM, {"cvtsi2ssq", "q"}},
    {"CVTTSD2SQ", OP_SSE_TO, {"cvttsd2siq", "q"}}, {"CVTSD2SQ", OP_SSE_TO, {"cvtsd2siq", "q"}},
    {0},
};
/* clang-format on */

static const struct optab optab[] = {
#include "x86/common/asm/optab.def"
    /* constants: sign-extended 32 bits for MOVQ, else zero-extended ones, else all 64 */
    {OP_MOV, "", {C(C_I), RB}, "?:{op} {1},{2}", 0},
    {OP_MOV, "", {C(C_U32), R}, "?:movl {1:l},{2:l}", 0},
    {OP_MOV, "", {C(C_I64), R}, "?:movabsq {1},{2}", 0},
    {OP_MOV, "", {C(C_SYMADDR), R}, "?:leaq {1:sym}(%rip),{2}", PC_RELATIVE},
    {OP_MOV, "", {C(C_TLSREG), R}, "?:movq {1:tls},{2}", 0},
    {0},
};

const struct asm_arch asm_arch_amd64 = {
    .target = &target_amd64,
    .sp_rules = amd64_sp_rules,
    .is_unsafe_point = amd64_is_unsafe_point,
    .tls_base = "%fs:0",
    .tls_offset = "everypc_tlsg@tpoff",
    .tls_direct = "%fs:everypc_tlsg@tpoff",
#include "x86/common/asm/arch.def"
};

/* probe/windows/tls.h has the places in the TEB. */
const struct asm_arch asm_arch_windows_amd64 = {
    .target = &target_windows_amd64,
    .sp_rules = amd64_sp_rules,
    .is_unsafe_point = amd64_is_unsafe_point,
    .tls_base = "%gs:0x28",
    .tls_offset = "everypc_tlsg",
    .tls_direct = "%gs:0x1678",
#include "x86/common/asm/arch.def"
};
