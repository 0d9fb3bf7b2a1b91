/* 386: what an instruction does, which x86/common/insn says; here are the names of the registers. */
#include <capstone/capstone.h>

#include "../probe/regs.h"

#include "x86/common/insn/effects.h"

enum { ARCH_REGS(UNITS_OF) N_UNITS };
DEFINE_UNIT_NAMES(unit_names);

#define X86_UNIT(r) U_e##r
X86_CHECK_UNITS;

/* clang-format off */
static const struct reg_unit regs[X86_REG_ENDING] = {
#include "x86/common/insn/regs.def"
    [X86_REG_FS] = {CLASS_CONTROL, 4, U_gs_base}, [X86_REG_GS] = {CLASS_CONTROL, 4, U_gs_base},
};
/* clang-format on */

static const struct x86_units units = X86_UNITS(regs, 4, U_gs_base, 8);

static bool fill(size_t handle, const struct cs_insn *cs, struct effects *fx)
{
    (void)handle;
    return x86_fill(&units, cs, fx);
}

const struct effects_arch effects_386 = {
    EFFECTS_OF_REGS(unit_names),
    .target = &target_386,
    .general = {{0xff}},
    .spoken = {{U_eflags, X86_STATUS}},
    .thread_points_to_itself = true,
    .call = "call %s",
    .fill = fill,
};
