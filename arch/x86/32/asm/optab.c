/* 386: the operations and the optab, after Go 1.19, cmd/internal/obj/x86/asm6.go. No REGTMP. */
#include "optab.h"

#define SYM_FLAGS 0

/* clang-format off */
static const struct reg_range regs[] = {
    {"AX", 0, 0, REG(RC_R, RN_AX)}, {"CX", 0, 0, REG(RC_R, RN_CX)}, {"DX", 0, 0, REG(RC_R, RN_DX)},
    {"BX", 0, 0, REG(RC_R, RN_BX)}, {"SP", 0, 0, REG(RC_R, RN_SP)}, {"BP", 0, 0, REG(RC_R, RN_BP)},
    {"SI", 0, 0, REG(RC_R, RN_SI)}, {"DI", 0, 0, REG(RC_R, RN_DI)},
    {"AL", 0, 0, REG(RC_LOW, RN_AX)}, {"CL", 0, 0, REG(RC_LOW, RN_CX)}, {"DL", 0, 0, REG(RC_LOW, RN_DX)},
    {"BL", 0, 0, REG(RC_LOW, RN_BX)}, {"AH", 0, 0, REG(RC_HIGH, RN_AX)}, {"CH", 0, 0, REG(RC_HIGH, RN_CX)},
    {"DH", 0, 0, REG(RC_HIGH, RN_DX)}, {"BH", 0, 0, REG(RC_HIGH, RN_BX)},
    {"X", 0, 8, REG(RC_X, 0)}, {"F", 0, 8, REG(RC_F, 0)}, {"TLS", 0, 0, X86_TLS},
    {0},
};
/* clang-format on */

#define WORDS(go, class, gas) {go "W", class, {gas "w", "w"}}, {go "L", class, {gas "l", "l"}},
#define INTS(go, class, gas)  {go "B", class, {gas "b", "b"}}, WORDS(go, class, gas)
/* clang-format off */
#define SHIFTS(go, gas, other) {go "B", OP_SHIFT, {gas "b", "b"}}, \
{go "W", OP_SHIFT, {gas "w", "w", other "w"}}, \
    {go "L", OP_SHIFT, {gas "l", "l", other "l"}},
#define COND(go, gas) {"J" go, OP_JUMP, {"j" gas}}, {"SET" go, OP_SET, {"set" gas, "b"}}, \
    {"CMOVW" go, OP_TO_REG, {"cmov" gas "w", "w"}}, {"CMOVL" go, OP_TO_REG, {"cmov" gas "l", "l"}},

static const struct opname ops[] = {
#include "x86/common/asm/ops.def"
    {"PUSHL", OP_PUSH, {"pushl", "l"}}, {"POPL", OP_POP, {"popl", "l"}},
    {"PUSHFL", OP_PLAIN, {"pushfl"}}, {"POPFL", OP_PLAIN, {"popfl"}},
    {"PUSHAL", OP_PLAIN, {"pushal"}}, {"POPAL", OP_PLAIN, {"popal"}},
    {0},
};
/* clang-format on */

static const struct optab optab[] = {
#include "x86/common/asm/optab.def"
    {OP_MOV, "", {C(C_I), RB}, "?:{op} {1},{2}", 0},
    {OP_MOV, "", {C(C_SYMADDR), R}, "?:movl ${1:sym},{2}", 0},
    {OP_MOV, "", {C(C_TLSREG), R}, "?:movl {1:tls},{2}", 0},
    {0},
};

const struct asm_arch asm_arch_386 = {
    .target = &target_386,
    .sp_rules = i386_sp_rules,
    .is_unsafe_point = i386_is_unsafe_point,
    .tls_base = "%gs:0",
    .tls_offset = "everypc_tlsg@ntpoff",
    .tls_direct = "%gs:everypc_tlsg@ntpoff",
#include "x86/common/asm/arch.def"
};

/* probe/windows/tls.h has the places in the TEB. */
const struct asm_arch asm_arch_windows_386 = {
    .target = &target_windows_386,
    .sp_rules = i386_sp_rules,
    .is_unsafe_point = i386_is_unsafe_point,
    .tls_base = "%fs:0x14",
    .tls_offset = "everypc_tlsg",
    .tls_direct = "%fs:0xf0c",
#include "x86/common/asm/arch.def"
};
