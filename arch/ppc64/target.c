/* ppc64: the targets' facts. */
#include <capstone/capstone.h>
#include <elf.h>

#include "probe/regs.h"

#include "common/target_facts.h"

/* clang-format off */
static const struct refusal refused[] = {
    {0xfc000003, 0x44000002, REFUSED_SYSTEM_CALL},
    {0xfc000003, 0x44000001, REFUSED_SYSTEM_CALL},
    {0, 0, NULL},
};
/* clang-format on */

/* clang-format off */
#define TARGET(name_, big, order) \
    const struct target target_##name_ = { \
        TARGET_OF_REGS, \
        .name = #name_, \
        .big_endian = big, \
        .word = 8, \
        .quantum = ARCH_PC_QUANTUM, \
        .insn_size = 4, \
        .elf_machine = EM_PPC64, \
        .elf_relative = R_PPC64_RELATIVE, \
        .capstone_arch = CS_ARCH_PPC, \
        .capstone_mode = (int)(CS_MODE_64 | (order)), \
        .refused = refused, \
    }
/* clang-format on */

TARGET(ppc64, true, CS_MODE_BIG_ENDIAN);
TARGET(ppc64le, false, CS_MODE_LITTLE_ENDIAN);
