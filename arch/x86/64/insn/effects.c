/* amd64: what an instruction does. All of it is in arch/generic/x86_effects.inc; here are the names of the
 * registers. */
#include <capstone/capstone.h>

#include "insn/effects_fill.h"
#include "../probe/regs.h"

enum { ARCH_REGS(UNITS_OF) N_UNITS };
DEFINE_UNIT_NAMES(unit_names);

#define X86_UNIT(r)     U_r##r
#define X86_WORD        8
#define X86_TLS_SEGMENT X86_REG_FS
#define X86_TLS_UNIT    U_fs_base
/* clang-format off */
#define REG_R(n) \
    REG_8(R##n, U_r##n) [X86_REG_R##n##D] = {CLASS_GPR, 4, U_r##n}, \
    [X86_REG_R##n##W] = {CLASS_GPR, 2, U_r##n}, \
    [X86_REG_R##n##B] = {CLASS_GPR, 1, U_r##n},
#define X86_MORE_REGS \
    REG_8(RAX, U_rax) REG_8(RBX, U_rbx) REG_8(RCX, U_rcx) REG_8(RDX, U_rdx) \
    REG_8(RSI, U_rsi) REG_8(RDI, U_rdi) REG_8(RBP, U_rbp) REG_8(RSP, U_rsp) \
    REG_1(SIL, si) REG_1(DIL, di) REG_1(BPL, bp) REG_1(SPL, sp) \
    REG_R(8) REG_R(9) REG_R(10) REG_R(11) REG_R(12) REG_R(13) REG_R(14) REG_R(15) \
    REG_VECTOR(8) REG_VECTOR(9) REG_VECTOR(10) REG_VECTOR(11) REG_VECTOR(12) REG_VECTOR(13) REG_VECTOR(14) \
    REG_VECTOR(15)
/* clang-format on */
#include "x86/common/insn/fill.h"

const struct effects_arch effects_amd64 = {
    .target = "amd64",
    .units = unit_names,
    .n_units = N_UNITS,
    .sp = U_rsp,
    .link = NO_UNIT,
    .general = {{0xffff}},
    .frame_pointer = ARCH_FP,
    .record_below_sp = ARCH_FP_BELOW_SP,
    .word = X86_WORD,
    .quantum = 1,
    .case_quantum = ARCH_PC_QUANTUM,
    .thread_points_to_itself = true,
    .capstone_arch = CS_ARCH_X86,
    .capstone_mode = CS_MODE_64,
    .call = "call %s",
    .fill = x86_fill,
};
