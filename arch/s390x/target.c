/* s390x: the target's facts. */
#include <capstone/capstone.h>
#include <elf.h>

#include "probe/regs.h"

#include "common/target_facts.h"

/* clang-format off */
static const struct refusal refused[] = {
    {0xff000000, 0x0a000000, REFUSED_SYSTEM_CALL},
    {0, 0, NULL},
};
/* clang-format on */

const struct target target_s390x = {
    TARGET_OF_REGS,
    .name = "s390x",
    .big_endian = true,
    .word = 8,
    .quantum = ARCH_PC_QUANTUM,
    .elf_machine = EM_S390,
    .elf_relative = R_390_RELATIVE,
    .capstone_arch = CS_ARCH_SYSZ,
    .capstone_mode = CS_MODE_BIG_ENDIAN,
    .refused = refused,
};
