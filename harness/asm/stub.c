/* Reading the injected call's instructions: ELF by libelf, boundaries by capstone. */
#include "stub.h"

#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "disasm.h"

/* Where the code lies: its section's bytes from the first symbol to the second. */
struct span {
    const uint8_t *bytes;
    uint64_t size, address;
};

static bool find_symbol(Elf *elf, const char *name, GElf_Sym *found)
{
    for (Elf_Scn *s = NULL; (s = elf_nextscn(elf, s));) {
        GElf_Shdr header;
        if (!gelf_getshdr(s, &header) || header.sh_type != SHT_SYMTAB || header.sh_entsize == 0)
            continue;
        Elf_Data *symbols = elf_getdata(s, NULL);
        for (size_t k = 0; symbols && k < header.sh_size / header.sh_entsize; k++) {
            const char *n =
                gelf_getsym(symbols, (int)k, found) ? elf_strptr(elf, header.sh_link, found->st_name) : NULL;
            if (n && strcmp(n, name) == 0 && found->st_shndx != SHN_UNDEF)
                return true;
        }
    }
    return false;
}

static bool find_span(Elf *elf, const char *path, struct span *span, struct error *e)
{
    GElf_Sym begin, end;
    if (!find_symbol(elf, "async_preempt", &begin) || !find_symbol(elf, "async_preempt_end", &end) ||
        begin.st_shndx != end.st_shndx)
        return error_set(e, path, 0, "no code between async_preempt and async_preempt_end in it");
    Elf_Scn *section = elf_getscn(elf, begin.st_shndx);
    Elf_Data *data = section ? elf_getdata(section, NULL) : NULL;
    if (!data || !data->d_buf || begin.st_value > end.st_value || end.st_value > data->d_size)
        return error_set(e, path, 0, "async_preempt_end is not after async_preempt");
    *span = (struct span){(const uint8_t *)data->d_buf + begin.st_value, end.st_value - begin.st_value,
                          begin.st_value};
    return true;
}

/* Whether it has memory of its own that outlives a call: its first call may then differ from later ones. */
static bool keeps_memory(Elf *elf)
{
    for (Elf_Scn *s = NULL; (s = elf_nextscn(elf, s));) {
        GElf_Shdr header;
        if (gelf_getshdr(s, &header) && header.sh_flags & SHF_WRITE && header.sh_size > 0)
            return true;
    }
    return false;
}

static void write_string(FILE *out, const char *text)
{
    for (; *text; text++)
        fprintf(out, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
}

static bool write_insns(const struct asm_arch *arch, const struct span *s, bool keeps, const char *path,
                        FILE *out, struct error *e)
{
    struct disasm *d = disasm_open(arch, e);
    if (!d)
        return false;
    fprintf(
        out,
        "\t.include \"case.inc\"\n\t.section .rodata\n\t.globl everypc_nop, everypc_nop_end, everypc_stub, "
        "everypc_n_stub, everypc_stub_keeps\neverypc_nop:\n\t%s\neverypc_nop_end:\n",
        arch->stub_nop ? arch->stub_nop
        : arch->nop    ? arch->nop
                       : "nop");
    static char records[1 << 18];
    size_t at = 0;
    int n = 0;
    bool in_slot = false, ok = true;
    for (uint64_t offset = 0; ok && offset < s->size; n++) {
        struct prog one = {0};
        size_t size;
        ok =
            disasm_insn(d, s->bytes + offset, s->size - offset, s->address + offset, &one, &in_slot, &size) ||
            error_set(e, path, 0, "async_preempt+0x%llx: capstone does not know the instruction",
                      (unsigned long long)offset);
        if (!ok)
            break;
        uint32_t nop_size = arch->stub_nop ? arch->stub_nop_size : arch->target->insn_size;
        if (nop_size && size % nop_size)
            ok = error_set(e, path, 0, "async_preempt+0x%llx: an instruction that is shorter than a no-op",
                           (unsigned long long)offset);
        fprintf(out, ".Linsn%d:\t.asciz \"", n);
        write_string(out, one.insn[0].text);
        fprintf(out, "\"\n");
        at += (size_t)snprintf(records + at, sizeof records - at,
                               "\t.%ubyte .Linsn%d\n\t.2byte %u,%zu,%d,%d\n", arch->target->word, n,
                               (unsigned)offset, size, one.insn[0].is_jump, one.insn[0].in_delay_slot);
        if (at >= sizeof records)
            ok = error_set(e, path, 0, "async_preempt is too long");
        offset += size;
    }
    fprintf(out,
            "\t.balign 8\neverypc_stub:\n%s\t.balign 4\neverypc_n_stub:\n\t.4byte %d\neverypc_stub_keeps:\n"
            "\t.4byte %d\n",
            records, n, keeps);
    fprintf(out, "\t.section .note.GNU-stack,\"\",%%progbits\n");
    disasm_close(d);
    return ok;
}

bool stub_write(const struct asm_arch *arch, const char *object, FILE *out, struct error *e)
{
    struct span span;
    elf_version(EV_CURRENT);
    int fd = open(object, O_RDONLY);
    Elf *elf = fd < 0 ? NULL : elf_begin(fd, ELF_C_READ, NULL);
    bool ok = (elf || error_set(e, object, 0, "not an object file")) && find_span(elf, object, &span, e) &&
              write_insns(arch, &span, keeps_memory(elf), object, out, e);
    elf_end(elf);
    if (fd >= 0)
        close(fd);
    return ok;
}
