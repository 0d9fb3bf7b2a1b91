/* mips: the targets' facts. */
#include <capstone/capstone.h>
#include <elf.h>

#include "probe/regs.h"

#include "common/target_facts.h"

/* clang-format off */
static const struct refusal refused[] = {
    {0xfc00003f, 0x0000000c, REFUSED_SYSTEM_CALL},
    {0xfc000000, 0x78000000, REFUSED_STATE("MSA's registers")},
    {0, 0, NULL},
};
/* clang-format on */

/* clang-format off */
#define TARGET(name_, word_, big, mode) \
    const struct target target_##name_ = { \
        TARGET_OF_REGS, \
        .name = #name_, \
        .big_endian = big, \
        .word = word_, \
        .quantum = ARCH_PC_QUANTUM, \
        .insn_size = 4, \
        .elf_machine = EM_MIPS, \
        .elf_relative = R_MIPS_REL32, \
        .capstone_arch = CS_ARCH_MIPS, \
        .capstone_mode = mode, \
        .refused = refused, \
    }
/* clang-format on */

TARGET(mips, 4, true, CS_MODE_MIPS32 | CS_MODE_BIG_ENDIAN);
TARGET(mipsle, 4, false, CS_MODE_MIPS32);
TARGET(mips64, 8, true, CS_MODE_MIPS64 | CS_MODE_BIG_ENDIAN);
TARGET(mips64le, 8, false, CS_MODE_MIPS64);
