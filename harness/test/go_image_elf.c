/* The ELF file around Go's tables, and how numbers get into it (go_image_parts.h). */
#include "go_image_parts.h"

#include <elf.h>
#include <string.h>

uint64_t go_image_get(const struct go_image *image, size_t at, unsigned width)
{
    uint64_t v = 0;
    for (unsigned i = 0; i < width; i++)
        v |= (uint64_t)image->bytes[at + i] << 8 * (image->options.big_endian ? width - 1 - i : i);
    return v;
}

void go_image_set(struct go_image *image, size_t at, unsigned width, uint64_t v)
{
    for (unsigned i = 0; i < width; i++)
        image->bytes[at + i] = (uint8_t)(v >> 8 * (image->options.big_endian ? width - 1 - i : i));
}

void put(struct writer *w, unsigned width, uint64_t v)
{
    go_image_set(&w->img, w->img.n, width, v);
    w->img.n += width;
}

size_t put_bytes(struct writer *w, const void *bytes, size_t n)
{
    size_t at = w->img.n;
    if (bytes)
        memcpy(w->img.bytes + at, bytes, n);
    w->img.n += n;
    return at;
}

size_t put_string(struct writer *w, const char *s)
{
    return put_bytes(w, s, strlen(s) + 1);
}

void align(struct writer *w, size_t to)
{
    w->img.n = (w->img.n + to - 1) / to * to;
}

static uint64_t address(const struct writer *w, size_t at)
{
    return at + (w->img.options.relative ? 0 : BASE);
}

/* A pointer to what lies at an offset; where it is a relocation, the file holds nothing. */
void put_pointer(struct writer *w, size_t to)
{
    w->pointers[w->n_pointers++] = w->img.n;
    put(w, w->word, address(w, to));
}

static void put_header(struct writer *w)
{
    const struct go_options *o = &w->img.options;
    uint8_t ident[EI_NIDENT] = {
        0x7f, 'E', 'L', 'F', o->wide ? ELFCLASS64 : ELFCLASS32, o->big_endian ? ELFDATA2MSB : ELFDATA2LSB, 1};
    put_bytes(w, ident, sizeof ident);
    put(w, 2, o->relative ? ET_DYN : ET_EXEC);
    put(w, 2, o->machine);
    put(w, 4, 1);
    put(w, w->word, 0);
    size_t header = o->wide ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr);
    put(w, w->word, header);
    put(w, w->word, 0); /* section headers: finish */
    put(w, 4, 0);
    put(w, 2, header);
    put(w, 2, o->wide ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr));
    put(w, 2, 3);
    put(w, 2, o->wide ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr));
    put(w, 2, 0);
    put(w, 2, 0);
    w->img.programs = w->img.n;
    w->img.n += 3 * (o->wide ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr));
}

size_t put_rela(struct writer *w)
{
    align(w, 8);
    w->img.rela = w->img.n;
    for (size_t i = w->n_pointers; i-- > 0;) { /* not in order, as Go's own linker leaves them */
        put(w, w->word, w->pointers[i]);
        put(w, w->word, w->img.options.relative);
        put(w, w->word, go_image_get(&w->img, w->pointers[i], w->word));
        go_image_set(&w->img, w->pointers[i], w->word, 0);
    }
    size_t dynamic = w->img.n;
    uint64_t tags[] = {DT_RELA, address(w, w->img.rela), DT_RELASZ, dynamic - w->img.rela, DT_NULL, 0};
    for (int i = 0; i < 6; i++)
        put(w, w->word, tags[i]);
    return dynamic;
}

static void put_program(struct writer *w, uint32_t type, uint32_t flags, size_t from, size_t to)
{
    bool wide = w->img.options.wide;
    put(w, 4, type);
    if (wide)
        put(w, 4, flags);
    put(w, w->word, from);
    put(w, w->word, address(w, from));
    put(w, w->word, address(w, from));
    put(w, w->word, to - from);
    put(w, w->word, to - from);
    if (!wide)
        put(w, 4, flags);
    put(w, w->word, 1);
}

static void put_symbol(struct writer *w, uint32_t name, uint64_t value)
{
    put(w, 4, name);
    if (w->img.options.wide)
        put(w, 4, 0x10);
    put(w, w->word, value);
    put(w, w->word, 0);
    if (!w->img.options.wide)
        put(w, 4, 0x10);
}

static void put_section(struct writer *w, uint32_t name, uint32_t type, size_t from, size_t to, uint32_t link,
                        size_t entry)
{
    bool loaded = from && to <= w->end_data;
    put(w, 4, name);
    put(w, 4, type);
    put(w, w->word, loaded ? SHF_ALLOC : 0);
    put(w, w->word, loaded ? address(w, from) : 0);
    put(w, w->word, from);
    put(w, w->word, to - from);
    put(w, 4, link);
    put(w, 4, 0);
    put(w, w->word, 1);
    put(w, w->word, entry);
}

static void put_sections(struct writer *w, size_t end_pclntab)
{
    const struct go_options *o = &w->img.options;
    static const char names[] = "\0.gopclntab\0.data.rel.ro.gopclntab\0.go.buildinfo\0.symtab\0.strtab";
    static const char symbols[] =
        "\0runtime.text\0runtime.firstmoduledata\0go:func.*\0go.func.*\0runtime.no_pointers_stackmap\0";
    size_t names_at = put_bytes(w, names, sizeof names), strings = put_bytes(w, symbols, sizeof symbols),
           end_strings = w->img.n;
    align(w, 8);
    size_t table = w->img.n;
    put_symbol(w, 0, 0);
    put_symbol(w, 1, address(w, w->img.text));
    if (o->layout >= GO_1_18) {
        put_symbol(w, 14, address(w, w->img.module));
        put_symbol(w, o->layout >= GO_1_20 ? 38 : 48, address(w, w->img.go_func));
    }
    put_symbol(w, 58, address(w, w->no_pointers));
    size_t end_table = w->img.n;
    align(w, 8);
    size_t headers = w->img.n;
    size_t n = 0, entry = o->wide ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym);
    put_section(w, 0, SHT_NULL, 0, 0, 0, 0), n++;
    put_section(w, 0, SHT_STRTAB, names_at, strings, 0, 0), n++;
    put_section(w, o->relative ? 12 : 1, SHT_PROGBITS, w->img.pclntab, end_pclntab, 0, 0), n++;
    if (!o->no_build_info)
        put_section(w, 35, SHT_PROGBITS, w->img.build_info, w->end_data, 0, 0), n++;
    if (!o->no_symbols) {
        put_section(w, 57, SHT_STRTAB, strings, end_strings, 0, 0), n++;
        put_section(w, 49, SHT_SYMTAB, table, end_table, (uint32_t)n - 1, entry), n++;
    }
    go_image_set(&w->img, o->wide ? offsetof(Elf64_Ehdr, e_shoff) : offsetof(Elf32_Ehdr, e_shoff), w->word,
                 headers);
    go_image_set(&w->img, o->wide ? offsetof(Elf64_Ehdr, e_shnum) : offsetof(Elf32_Ehdr, e_shnum), 2, n);
    go_image_set(&w->img, o->wide ? offsetof(Elf64_Ehdr, e_shstrndx) : offsetof(Elf32_Ehdr, e_shstrndx), 2,
                 1);
}

static void put_programs(struct writer *w, size_t end_pclntab, size_t dynamic, size_t end_dynamic)
{
    (void)end_pclntab;
    size_t end = w->img.n;
    w->img.n = w->img.programs;
    put_program(w, PT_LOAD, PF_R | PF_X, 0, w->end_text);
    put_program(w, PT_LOAD, PF_R | PF_W, w->end_text, w->end_data);
    put_program(w, w->img.options.relative ? PT_DYNAMIC : PT_NULL, PF_R, dynamic, end_dynamic);
    w->img.n = end;
}

const struct file_format elf_file = {put_header, put_sections, put_programs};
