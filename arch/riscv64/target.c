/* riscv64: the target's facts. */
#include <capstone/capstone.h>
#include <elf.h>

#include "probe/regs.h"

#include "common/target_facts.h"

const struct target target_riscv64 = {
    TARGET_OF_REGS,
    .name = "riscv64",
    .word = 8,
    .quantum = 2, /* compressed instructions, from Go 1.26 on; our cases have none */
    .insn_size = 4,
    .elf_machine = EM_RISCV,
    .elf_relative = R_RISCV_RELATIVE,
    .capstone_arch = CS_ARCH_RISCV,
    .capstone_mode = CS_MODE_RISCV64 | CS_MODE_RISCVC,
};
