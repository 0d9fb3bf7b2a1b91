/* amd64: what an instruction does, which x86/common/insn says; here are the names of the registers. */
#include <capstone/capstone.h>

#include "../probe/regs.h"

#include "x86/common/insn/effects.h"

enum { ARCH_REGS(UNITS_OF) N_UNITS };
DEFINE_UNIT_NAMES(unit_names);

#define X86_UNIT(r) U_r##r
/* clang-format off */
#define REG_R(n) \
    REG_8(R##n, U_r##n) [X86_REG_R##n##D] = {CLASS_GPR, 4, U_r##n}, \
    [X86_REG_R##n##W] = {CLASS_GPR, 2, U_r##n}, \
    [X86_REG_R##n##B] = {CLASS_GPR, 1, U_r##n},
/* clang-format on */
X86_CHECK_UNITS;

/* clang-format off */
static const struct reg_unit regs[X86_REG_ENDING] = {
#include "x86/common/insn/regs.def"
    [X86_REG_FS] = {CLASS_CONTROL, 8, U_fs_base}, [X86_REG_GS] = {CLASS_CONTROL, 8, U_fs_base},
    REG_8(RAX, U_rax) REG_8(RBX, U_rbx) REG_8(RCX, U_rcx) REG_8(RDX, U_rdx)
    REG_8(RSI, U_rsi) REG_8(RDI, U_rdi) REG_8(RBP, U_rbp) REG_8(RSP, U_rsp)
    REG_1(SIL, si) REG_1(DIL, di) REG_1(BPL, bp) REG_1(SPL, sp)
    REG_R(8) REG_R(9) REG_R(10) REG_R(11) REG_R(12) REG_R(13) REG_R(14) REG_R(15)
    REG_VECTOR(8) REG_VECTOR(9) REG_VECTOR(10) REG_VECTOR(11) REG_VECTOR(12) REG_VECTOR(13) REG_VECTOR(14)
    REG_VECTOR(15) REG_VECTOR(16) REG_VECTOR(17) REG_VECTOR(18) REG_VECTOR(19) REG_VECTOR(20)
    REG_VECTOR(21) REG_VECTOR(22) REG_VECTOR(23) REG_VECTOR(24) REG_VECTOR(25) REG_VECTOR(26)
    REG_VECTOR(27) REG_VECTOR(28) REG_VECTOR(29) REG_VECTOR(30) REG_VECTOR(31)
};
/* clang-format on */

static const struct x86_units units = X86_UNITS(regs, 8, U_fs_base, 16);

static bool fill(size_t handle, const struct cs_insn *cs, struct effects *fx)
{
    (void)handle;
    return x86_fill(&units, cs, fx);
}

const struct effects_arch effects_amd64 = {
    EFFECTS_OF_REGS(unit_names),
    .target = &target_amd64,
    .general = {{0xffff}},
    .spoken = {{U_eflags, X86_STATUS}},
    .thread_points_to_itself = true,
    .load_address = "leaq\t%2$s(%%rip), %%%1$s",
    .goroutine = U_r14,
    .ask_flag = "cmpb\t$1, %1$s(%%rip)",
    .ask_flag_bytes = {0x80, 0x3d, 1},
    .flag_branch = {0, 0xff, {0x74, 0x0f}}, /* JE, near and far */
    .call = "call %s",
    .fill = fill,
};
