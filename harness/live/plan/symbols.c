#include "symbols.h"

#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "go/binary/relocs.h"

static Elf_Scn *section(const struct image *img, unsigned type, GElf_Shdr *header)
{
    for (Elf_Scn *s = NULL; (s = elf_nextscn(img->elf, s));)
        if (gelf_getshdr(s, header) && header->sh_type == type)
            return s;
    return NULL;
}

/* Of a function descriptor (ELFv1) the code. */
static uint64_t code_of(const struct image *img, uint64_t value)
{
    uint64_t code;
    return !image_is_code(img, value) && image_pointer(img, value, &code) && image_is_code(img, code) ? code
                                                                                                      : value;
}

static void add(const struct image *img, struct symbols *out, const GElf_Sym *s, const char *name)
{
    if (GELF_ST_TYPE(s->st_info) != STT_FUNC || s->st_shndx == SHN_UNDEF || !s->st_size || !name || !*name)
        return;
    struct symbol one = {
        .name = name, .entry = code_of(img, s->st_value), .foreign = s->st_value % img->target->quantum != 0};
    one.end = one.entry + s->st_size;
    if (image_is_code(img, one.entry) && image_bytes(img, one.entry, s->st_size))
        out->all[out->n++] = one;
}

static int by_entry(const void *a, const void *b)
{
    const struct symbol *x = a, *y = b;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    return strcmp(x->name, y->name);
}

static bool read_section(const struct image *img, unsigned type, struct symbols *out)
{
    GElf_Shdr header;
    GElf_Sym symbol;
    Elf_Scn *s = section(img, type, &header);
    Elf_Data *data = s ? elf_getdata(s, NULL) : NULL;
    *out = (struct symbols){0};
    if (!data)
        return true;
    size_t n = data->d_size / gelf_fsize(img->elf, ELF_T_SYM, 1, EV_CURRENT);
    out->all = calloc(n + 1, sizeof *out->all);
    if (!out->all)
        return false;
    for (size_t i = 0; i < n && i < INT32_MAX; i++)
        if (gelf_getsym(data, (int)i, &symbol))
            add(img, out, &symbol, elf_strptr(img->elf, header.sh_link, symbol.st_name));
    qsort(out->all, out->n, sizeof *out->all, by_entry);
    return true;
}

bool symbols_read(const struct image *img, struct symbols *out, struct error *e)
{
    bool ok = read_section(img, SHT_SYMTAB, out);
    if (ok && !out->n) {
        symbols_free(out);
        ok = read_section(img, SHT_DYNSYM, out);
    }
    if (!ok)
        return error_set(e, img->name, 0, "out of memory");
    if (out->n)
        return true;
    symbols_free(out);
    return error_set(e, img->name, 0,
                     "it is stripped: no symbol says where a function begins and ends; link it "
                     "without -s");
}

void symbols_free(struct symbols *s)
{
    free(s->all);
    *s = (struct symbols){0};
}

const struct symbol *symbols_named(const struct symbols *s, const char *name, size_t length)
{
    for (size_t i = 0; i < s->n; i++)
        if (strlen(s->all[i].name) == length && memcmp(s->all[i].name, name, length) == 0)
            return &s->all[i];
    return NULL;
}

const struct symbol *symbols_at(const struct symbols *s, uint64_t entry)
{
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (s->all[mid].entry < entry)
            low = mid + 1;
        else
            high = mid;
    }
    return low < s->n && s->all[low].entry == entry ? &s->all[low] : NULL;
}
