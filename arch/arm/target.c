/* arm: the target's facts. */
#include <capstone/capstone.h>
#include <elf.h>

#include "probe/regs.h"

#include "common/target_facts.h"

/* clang-format off */
static const struct refusal refused[] = {
    {0x0f000000, 0x0f000000, REFUSED_SYSTEM_CALL},
    {0, 0, NULL},
};
/* clang-format on */

const struct target target_arm = {
    TARGET_OF_REGS,
    .name = "arm",
    .word = 4,
    .quantum = ARCH_PC_QUANTUM,
    .insn_size = 4,
    .elf_machine = EM_ARM,
    .pe_machine = 0x1c4,
    .macho_cpu = 0xc,
    .elf_relative = R_ARM_RELATIVE,
    .capstone_arch = CS_ARCH_ARM,
    .capstone_mode = CS_MODE_ARM,
    .refused = refused,
    .other_code = "$t",
    .other_code_why =
        "Thumb code: it is entered, pinned and measured in ARM state, 4 bytes an instruction, and the "
        "state of an IT block is not kept",
};
