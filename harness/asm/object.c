/* ELF objects of hand-written cases. */
#include "object.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "number.h"

static bool find_sections(struct object *o)
{
    size_t names;
    if (elf_getshdrstrndx(o->elf, &names) != 0)
        return error_set(o->e, o->file, o->line, "no section names: %s", elf_errmsg(-1));
    for (Elf_Scn *s = NULL; (s = elf_nextscn(o->elf, s));) {
        GElf_Shdr header;
        if (!gelf_getshdr(s, &header))
            continue;
        const char *name = elf_strptr(o->elf, names, header.sh_name);
        if (name && strcmp(name, ".everypc") == 0)
            o->notes = elf_getdata(s, NULL);
        if (name && strcmp(name, ".everypc_files") == 0)
            o->files = elf_getdata(s, NULL);
        if (name && strcmp(name, ".cases") == 0) {
            o->code = elf_getdata(s, NULL);
            o->code_section = elf_ndxscn(s);
        }
        if (header.sh_type == SHT_SYMTAB && header.sh_entsize) {
            o->symbols = elf_getdata(s, NULL);
            o->n_symbols = header.sh_size / header.sh_entsize;
            o->string_section = header.sh_link;
        }
    }
    if (!o->notes || !o->code || !o->symbols || !o->notes->d_buf || !o->code->d_buf)
        return error_set(o->e, o->file, o->line,
                         "no cases in it: .include \"cases.inc\" and write CASE ... END_CASE");
    return true;
}

void object_take_place(struct object *o, const uint8_t *at)
{
    uint32_t place = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    o->file = o->path;
    o->line = (int)(place & ((1u << NUMBER_LINE_BITS) - 1));
    const char *name = o->files ? o->files->d_buf : NULL, *end = name ? name + o->files->d_size : NULL;
    for (; name < end && memchr(name, 0, (size_t)(end - name)); name += strlen(name) + 1) {
        char *path;
        if (strtoul(name, &path, 10) == place >> NUMBER_LINE_BITS && *path == ' ' && o->line)
            o->file = path + 1;
    }
}

static int by_value(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

bool object_symbol(const struct object *o, const char *name, uint64_t *value)
{
    for (size_t k = 0; k < o->n_symbols; k++) {
        GElf_Sym s;
        if (!gelf_getsym(o->symbols, (int)k, &s) || s.st_shndx != o->code_section)
            continue;
        const char *n = elf_strptr(o->elf, o->string_section, s.st_name);
        if (n && strcmp(n, name) == 0) {
            *value = s.st_value;
            return s.st_value <= o->code->d_size;
        }
    }
    return false;
}

static bool find_pcs(struct object *o)
{
    o->pcs = calloc(o->n_symbols + 1, sizeof *o->pcs);
    if (!o->pcs)
        return error_set(o->e, o->file, o->line, "out of memory");
    for (size_t k = 0; k < o->n_symbols; k++) {
        GElf_Sym s;
        if (!gelf_getsym(o->symbols, (int)k, &s) || s.st_shndx != o->code_section)
            continue;
        const char *n = elf_strptr(o->elf, o->string_section, s.st_name);
        if (n && strncmp(n, "everypc.pc.", 11) == 0)
            o->pcs[o->n_pcs++] = s.st_value;
    }
    qsort(o->pcs, o->n_pcs, sizeof *o->pcs, by_value);
    return true;
}

/* Whether the code at `at` begins in an instruction set that cases can't hold: the last mapping symbol there
 * or before it, a '$', a letter, and perhaps more behind a point, says so. */
bool object_is_other_code(const struct object *o, uint64_t at)
{
    const char *other = o->arch->target->other_code;
    bool is_other = false;
    uint64_t last = 0;
    for (size_t k = 0; other && k < o->n_symbols; k++) {
        GElf_Sym s;
        if (!gelf_getsym(o->symbols, (int)k, &s) || s.st_shndx != o->code_section)
            continue;
        const char *n = elf_strptr(o->elf, o->string_section, s.st_name);
        if (!n || n[0] != '$' || !n[1] || (n[2] && n[2] != '.') || s.st_value > at || s.st_value < last)
            continue;
        last = s.st_value;
        is_other = strncmp(n, other, 2) == 0;
    }
    return is_other;
}

bool object_open(struct object *o, const char *path)
{
    elf_version(EV_CURRENT);
    o->fd = open(path, O_RDONLY);
    o->elf = o->fd < 0 ? NULL : elf_begin(o->fd, ELF_C_READ, NULL);
    return (o->elf || error_set(o->e, path, 0, "not an object file")) && find_sections(o) && find_pcs(o);
}

void object_close(struct object *o)
{
    free(o->pcs);
    elf_end(o->elf);
    if (o->fd >= 0)
        close(o->fd);
}
