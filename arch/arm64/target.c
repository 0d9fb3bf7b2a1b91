/* arm64: the target's facts. */
#include <capstone/capstone.h>
#include <elf.h>

#include "probe/regs.h"

#include "common/target_facts.h"

/* clang-format off */
static const struct refusal refused[] = {
    {0xffe0001f, 0xd4000001, REFUSED_SYSTEM_CALL},
    {0x9e000000, 0x80000000, REFUSED_STATE("SME's registers")},
    {0, 0, NULL},
};
/* clang-format on */

const struct target target_arm64 = {
    TARGET_OF_REGS,
    .name = "arm64",
    .word = 8,
    .quantum = ARCH_PC_QUANTUM,
    .insn_size = 4,
    .elf_machine = EM_AARCH64,
    .pe_machine = 0xaa64,
    .macho_cpu = 0x100000c,
    .elf_relative = R_AARCH64_RELATIVE,
    .capstone_arch = CS_ARCH_ARM64,
    .capstone_mode = CS_MODE_LITTLE_ENDIAN,
    .refused = refused,
};
