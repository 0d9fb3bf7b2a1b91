/* 386: what an instruction does. All of it is in arch/generic/x86_effects.inc; here are the names of the
 * registers. */
#include <capstone/capstone.h>

#include "../probe/regs.h"

#include "insn/effects_fill.h"

enum { ARCH_REGS(UNITS_OF) N_UNITS };
DEFINE_UNIT_NAMES(unit_names);

#define X86_UNIT(r)     U_e##r
#define X86_WORD        4
#define X86_TLS_SEGMENT X86_REG_GS
#define X86_TLS_UNIT    U_gs_base
#define X86_MORE_REGS
#include "x86/common/insn/fill.h"

const struct effects_arch effects_386 = {
    EFFECTS_OF_REGS(unit_names),     .target = &target_386, .general = {{0xff}},
    .thread_points_to_itself = true, .call = "call %s",     .fill = x86_fill,
};
