/* amd64: the target's facts. */
#include <capstone/capstone.h>
#include <elf.h>

#include "probe/regs.h"

#include "common/target_facts.h"

/* clang-format off */
static const struct refusal refused[] = {
    {0xffff, 0x050f, REFUSED_SYSTEM_CALL},
    {0xffff, 0x340f, REFUSED_SYSTEM_CALL},
    {0xffff, 0x80cd, REFUSED_SYSTEM_CALL},
    {0xff, 0x62, REFUSED_STATE("AVX-512's registers")},
    {0, 0, NULL},
};
/* clang-format on */

/* clang-format off */
#define FACTS \
    .word = 8, \
    .quantum = ARCH_PC_QUANTUM, \
    .elf_machine = EM_X86_64, \
    .pe_machine = 0x8664, \
    .macho_cpu = 0x1000007, \
    .elf_relative = R_X86_64_RELATIVE, \
    .capstone_arch = CS_ARCH_X86, \
    .capstone_mode = CS_MODE_64, \
    .refused = refused
/* clang-format on */

const struct target target_amd64 = {TARGET_OF_REGS, .name = "amd64", FACTS};
/* Its objects are ELF until they are linked (target.mk). */
const struct target target_windows_amd64 = {TARGET_OF_REGS, .name = "windows-amd64", FACTS};
