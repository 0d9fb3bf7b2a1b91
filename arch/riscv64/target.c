/* riscv64: the target's facts. */
#include <capstone/capstone.h>
#include <elf.h>

#include "probe/regs.h"

#include "common/target_facts.h"

/* clang-format off */
static const struct refusal refused[] = {
    {0xffffffff, 0x00000073, REFUSED_SYSTEM_CALL},
    {0x7f, 0x57, REFUSED_STATE("the vector extension's registers")},
    {0x707f, 0x0007, REFUSED_STATE("the vector extension's registers")},
    {0x707f, 0x5007, REFUSED_STATE("the vector extension's registers")},
    {0x707f, 0x6007, REFUSED_STATE("the vector extension's registers")},
    {0x707f, 0x7007, REFUSED_STATE("the vector extension's registers")},
    {0x707f, 0x0027, REFUSED_STATE("the vector extension's registers")},
    {0x707f, 0x5027, REFUSED_STATE("the vector extension's registers")},
    {0x707f, 0x6027, REFUSED_STATE("the vector extension's registers")},
    {0x707f, 0x7027, REFUSED_STATE("the vector extension's registers")},
    {0, 0, NULL},
};
/* clang-format on */

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
    .refused = refused,
};
