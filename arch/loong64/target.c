/* loong64: the target's facts. */
#include <elf.h>
#include <stdio.h>

#include "probe/regs.h"

#include "common/target_facts.h"

/* clang-format off */
static const struct refusal refused[] = {
    {0xffff8000, 0x002b0000, REFUSED_SYSTEM_CALL},
    {0, 0, NULL},
};

/* BL, JIRL with a link register, and SYSCALL; BEQZ to BGEU. */
static const struct group_of_words groups[] = {
    {0xfc000000, 0x54000000, INSN_CALL},   {0xfc00001f, 0x4c000000, INSN_JUMP},
    {0xfc000000, 0x4c000000, INSN_CALL},   {0xffff8000, 0x002b0000, INSN_KERNEL},
    {0xfc000000, 0x40000000, INSN_JUMP},   {0xfc000000, 0x44000000, INSN_JUMP},
    {0xfc000000, 0x48000000, INSN_JUMP},   {0xfc000000, 0x50000000, INSN_JUMP},
    {0xf8000000, 0x58000000, INSN_JUMP},   {0xf0000000, 0x60000000, INSN_JUMP},
    {0, 0, INSN_OTHER},
};
/* clang-format on */

/* The vector instructions, LSX and LASX, which LLVM knows from 17 on: loads and stores, and the rest by their
 * word. */
static bool vector_text(uint32_t word, char *out, size_t size)
{
    static const char *const name[] = {"vld $vr", "vst $vr", "xvld $xr", "xvst $xr"};
    if ((word & 0xff000000) == 0x2c000000) {
        snprintf(out, size, "%s%u, $r%u, %d", name[word >> 22 & 3], word & 31, word >> 5 & 31,
                 (int32_t)(word << 10) >> 20);
        return true;
    }
    snprintf(out, size, ".word 0x%08x", word);
    return word >> 28 == 7;
}

static const struct llvm_target llvm = {"LoongArch", "loongarch64", "+64bit,+f,+d", groups, vector_text};

const struct target target_loong64 = {
    TARGET_OF_REGS,
    .name = "loong64",
    .word = 8,
    .quantum = 4,
    .insn_size = 4,
    .elf_machine = EM_LOONGARCH,
    .elf_relative = R_LARCH_RELATIVE,
    .llvm = &llvm,
    .refused = refused,
};
