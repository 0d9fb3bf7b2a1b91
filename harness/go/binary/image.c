/* ELF, as far as a reader of Go binaries needs it. */
#define _GNU_SOURCE
#include "image.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define TARGET(name) &target_##name,
static const struct target *const targets[] = {ALL_TARGETS};
enum { N_TARGETS = sizeof targets / sizeof *targets };

static bool find_target(struct image *img, struct error *e)
{
    GElf_Ehdr header;
    if (!gelf_getehdr(img->elf, &header))
        return error_set(e, img->name, 0, "its ELF header is damaged: %s", elf_errmsg(-1));
    for (int i = 0; i < N_TARGETS; i++) {
        const struct target *t = targets[i];
        if (header.e_machine != t->elf_machine ||
            header.e_ident[EI_CLASS] != (t->word == 8 ? ELFCLASS64 : ELFCLASS32) ||
            header.e_ident[EI_DATA] != (t->big_endian ? ELFDATA2MSB : ELFDATA2LSB))
            continue;
        img->target = t;
        img->pointer = t->word;
        img->flags = header.e_flags;
        img->file.big_endian = t->big_endian;
        return true;
    }
    return error_set(e, img->name, 0, "ELF machine %d (class %d, byte order %d) is not one of the targets",
                     header.e_machine, header.e_ident[EI_CLASS], header.e_ident[EI_DATA]);
}

/* The part of the file that a header describes. */
static bool file_part(const struct image *img, uint64_t offset, uint64_t size, struct span *out)
{
    if (!span_from(&img->file, offset, out) || out->size < size)
        return false;
    out->size = size;
    return true;
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
            file_part(img, header.p_offset, header.p_filesz, &img->dynamic);
        if (header.p_type != PT_LOAD)
            continue;
        if (img->n_segments == MAX_SEGMENTS)
            return error_set(e, img->name, 0, "it has more than %d segments to load", MAX_SEGMENTS);
        struct segment *s = &img->segments[img->n_segments++];
        if (!file_part(img, header.p_offset, header.p_filesz, &s->file))
            return error_set(e, img->name, 0, "segment %zu ends past the end of the file: is it truncated?",
                             i);
        if (header.p_vaddr + header.p_filesz < header.p_vaddr)
            return error_set(e, img->name, 0, "segment %zu goes beyond the end of the address space", i);
        s->address = header.p_vaddr;
        s->executable = header.p_flags & PF_X;
    }
    return img->n_segments > 0 || error_set(e, img->name, 0, "no loadable segment: not an executable");
}

static bool next_section(const struct image *img, Elf_Scn **s, GElf_Shdr *header, struct span *bytes)
{
    while ((*s = elf_nextscn(img->elf, *s)))
        if (gelf_getshdr(*s, header) && header->sh_type != SHT_NOBITS &&
            file_part(img, header->sh_offset, header->sh_size, bytes))
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
            !file_part(img, names.sh_offset, names.sh_size, &img->strings))
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
        return error_set(e, img->name, 0, "not an ELF file");
    if (!find_target(img, e) || !find_segments(img, e))
        return false;
    find_symbols(img);
    return true;
}

bool image_open_memory(struct image *img, const char *name, const void *bytes, size_t n, struct error *e)
{
    *img = (struct image){.name = name, .file = {bytes, n, false}};
    return open_elf(img, e);
}

bool image_open(struct image *img, const char *path, struct error *e)
{
    *img = (struct image){.name = path};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        error_set(e, path, 0, "%s", strerror(errno));
    } else if (!S_ISREG(st.st_mode)) {
        error_set(e, path, 0, S_ISDIR(st.st_mode) ? "is a directory" : "not a regular file");
    } else if (st.st_size == 0) {
        error_set(e, path, 0, "is empty");
    } else {
        void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (at == MAP_FAILED)
            error_set(e, path, 0, "%s", strerror(errno));
        else
            img->file = (struct span){at, (uint64_t)st.st_size, false};
        img->mapped = img->file.bytes != NULL;
    }
    if (fd >= 0)
        close(fd);
    return img->mapped && open_elf(img, e);
}

void image_close(struct image *img)
{
    elf_end(img->elf);
    free(img->relocs);
    if (img->mapped)
        munmap((void *)img->file.bytes, img->file.size);
}

bool image_section(const struct image *img, const char *name, uint64_t *address, struct span *bytes)
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

bool image_symbol(const struct image *img, const char *name, uint64_t *address, uint64_t *size)
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

static const struct segment *segment_at(const struct image *img, uint64_t address)
{
    for (size_t i = 0; i < img->n_segments; i++)
        if (address - img->segments[i].address < img->segments[i].file.size)
            return &img->segments[i];
    return NULL;
}

struct span image_at(const struct image *img, uint64_t address)
{
    const struct segment *s = segment_at(img, address);
    struct span out = {.big_endian = img->file.big_endian};
    if (s)
        span_from(&s->file, address - s->address, &out);
    return out;
}

const uint8_t *image_bytes(const struct image *img, uint64_t address, size_t n)
{
    struct span at = image_at(img, address);
    return at.bytes && at.size >= n ? at.bytes : NULL;
}

bool image_is_code(const struct image *img, uint64_t address)
{
    const struct segment *s = segment_at(img, address);
    return s && s->executable;
}

bool segment_find(const struct segment *s, const void *bytes, size_t n, unsigned alignment,
                  image_match_fn *is_it, const void *context, uint64_t *address)
{
    const uint8_t *end = s->file.bytes + s->file.size, *hit = s->file.bytes;
    while (hit && (hit = memmem(hit, (size_t)(end - hit), bytes, n))) {
        *address = s->address + (uint64_t)(hit - s->file.bytes);
        if (*address % alignment == 0 && is_it(context, *address))
            return true;
        hit++;
    }
    return false;
}
