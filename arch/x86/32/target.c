/* 386: the target's facts. */
#include <capstone/capstone.h>
#include <elf.h>

#include "probe/regs.h"

#include "common/target_facts.h"

const struct target target_386 = {
    TARGET_OF_REGS,
    .name = "386",
    .word = 4,
    .quantum = ARCH_PC_QUANTUM,
    .elf_machine = EM_386,
    .elf_relative = R_386_RELATIVE,
    .capstone_arch = CS_ARCH_X86,
    .capstone_mode = CS_MODE_32,
};
