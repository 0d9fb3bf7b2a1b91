/* arm: the target's facts. */
#include <capstone/capstone.h>
#include <elf.h>

#include "probe/regs.h"

#include "common/target_facts.h"

const struct target target_arm = {
    TARGET_OF_REGS,
    .name = "arm",
    .word = 4,
    .quantum = ARCH_PC_QUANTUM,
    .insn_size = 4,
    .elf_machine = EM_ARM,
    .elf_relative = R_ARM_RELATIVE,
    .capstone_arch = CS_ARCH_ARM,
    .capstone_mode = CS_MODE_ARM,
};
