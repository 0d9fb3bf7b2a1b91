/* ELF, as far as a reader of Go binaries needs it. Headers by libelf, which checks them; everything else
 * straight from the mapped bytes. */
#include "image_format.h"

#include <gelf.h>

static bool is_elf(const struct span *file)
{
    return file->size >= SELFMAG && memcmp(file->bytes, ELFMAG, SELFMAG) == 0;
}

static bool is_target(const struct target *t, const void *context)
{
    const GElf_Ehdr *header = context;
    return header->e_machine == t->elf_machine &&
           header->e_ident[EI_CLASS] == (t->word == 8 ? ELFCLASS64 : ELFCLASS32) &&
           header->e_ident[EI_DATA] == (t->big_endian ? ELFDATA2MSB : ELFDATA2LSB);
}

static bool find_target(struct image *img, struct error *e)
{
    GElf_Ehdr header;
    if (!gelf_getehdr(img->elf, &header))
        return error_set(e, img->name, 0, "its ELF header is damaged: %s", elf_errmsg(-1));
    img->flags = header.e_flags;
    return image_set_target(img, is_target, &header) ||
           error_set(e, img->name, 0, "ELF machine %d (class %d, byte order %d) is not one of the targets",
                     header.e_machine, header.e_ident[EI_CLASS], header.e_ident[EI_DATA]);
}

static bool find_segments(struct image *img, struct error *e)
{
    size_t n;
    GElf_Ehdr elf;
    /* libelf counts zero where they aren't all in the file. */
    if (elf_getphdrnum(img->elf, &n) != 0 || (gelf_getehdr(img->elf, &elf) && n < elf.e_phnum))
        return error_set(e, img->name, 0, "its program headers are not all in the file: is it truncated?");
    for (size_t i = 0; i < n; i++) {
        GElf_Phdr header;
        if (!gelf_getphdr(img->elf, (int)i, &header))
            return error_set(e, img->name, 0, "program header %zu can't be read: %s", i, elf_errmsg(-1));
        if (header.p_type == PT_DYNAMIC)
            image_file_part(img, header.p_offset, header.p_filesz, &img->dynamic);
        if (header.p_type != PT_LOAD)
            continue;
        struct segment s = {.address = header.p_vaddr, .executable = header.p_flags & PF_X};
        if (!image_add_segment(img, "segment", i, &s, header.p_offset, header.p_filesz, e))
            return false;
    }
    return true;
}

static bool next_section(const struct image *img, Elf_Scn **s, GElf_Shdr *header, struct span *bytes)
{
    while ((*s = elf_nextscn(img->elf, *s)))
        if (gelf_getshdr(*s, header) && header->sh_type != SHT_NOBITS &&
            image_file_part(img, header->sh_offset, header->sh_size, bytes))
            return true;
    return false;
}

static void find_symbols(struct image *img)
{
    GElf_Shdr header;
    struct span bytes;
    for (Elf_Scn *s = NULL; next_section(img, &s, &header, &bytes);) {
        GElf_Shdr names;
        Elf_Scn *linked = header.sh_type == SHT_SYMTAB ? elf_getscn(img->elf, header.sh_link) : NULL;
        if (!linked || !gelf_getshdr(linked, &names) ||
            !image_file_part(img, names.sh_offset, names.sh_size, &img->strings))
            continue;
        img->symbols = bytes;
        return;
    }
}

static bool open_elf(struct image *img, struct error *e)
{
    elf_version(EV_CURRENT);
    /* libelf does not write to an image given as memory; its interface just lacks the const. */
    img->elf = elf_memory((char *)img->file.bytes, img->file.size);
    if (!img->elf || elf_kind(img->elf) != ELF_K_ELF)
        return error_set(e, img->name, 0, "its ELF header is damaged");
    if (!find_target(img, e) || !find_segments(img, e))
        return false;
    find_symbols(img);
    return true;
}

static bool section(const struct image *img, const char *name, uint64_t *address, struct span *bytes)
{
    size_t names;
    GElf_Shdr header;
    if (elf_getshdrstrndx(img->elf, &names) != 0)
        return false;
    for (Elf_Scn *s = NULL; next_section(img, &s, &header, bytes);) {
        const char *n = elf_strptr(img->elf, names, header.sh_name);
        if (!n || strcmp(n, name) != 0)
            continue;
        *address = header.sh_addr;
        return true;
    }
    return false;
}

static bool symbol(const struct image *img, const char *name, uint64_t *address, uint64_t *size)
{
    /* Elf32_Sym: name, value, size, ...; Elf64_Sym: name, info, other, shndx, value, size. */
    bool wide = img->pointer == 8;
    uint64_t entry = wide ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym);
    for (uint64_t at = 0; at + entry <= img->symbols.size; at += entry) {
        const char *n = span_string(&img->strings, span_get(&img->symbols, at, 4));
        if (!n || strcmp(n, name) != 0)
            continue;
        *address = span_get(&img->symbols, at + (wide ? 8 : 4), img->pointer);
        *size = span_get(&img->symbols, at + (wide ? 16 : 8), img->pointer);
        return true;
    }
    return false;
}

const struct image_format image_elf = {"ELF", is_elf, open_elf, section, symbol};
