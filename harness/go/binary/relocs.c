/* Reads DT_RELA of ELF and the chained fixups of Mach-O (relocs.h). */
#include "relocs.h"

#include <gelf.h>
#include <stdlib.h>

#include "chained.h"

struct reloc {
    uint64_t address, value;
};

static int by_address(const void *a, const void *b)
{
    const struct reloc *x = a, *y = b;
    return x->address < y->address ? -1 : x->address > y->address;
}

/* The bytes of DT_RELA, as PT_DYNAMIC says; empty if there are none. */
static struct span find_rela(const struct image *img)
{
    struct span none = {0}, table;
    uint64_t address = 0, size = 0;
    for (uint64_t at = 0; at + 2 * img->pointer <= img->dynamic.size; at += 2 * img->pointer) {
        uint64_t tag = span_get(&img->dynamic, at, img->pointer),
                 v = span_get(&img->dynamic, at + img->pointer, img->pointer);
        if (tag == DT_NULL)
            break;
        if (tag == DT_RELA)
            address = v;
        if (tag == DT_RELASZ)
            size = v;
    }
    table = image_at(img, address);
    if (!address || !table.bytes || table.size < size)
        return none;
    table.size = size;
    return table;
}

static bool read_rela(struct image *img, struct error *e)
{
    struct span table = find_rela(img);
    unsigned p = img->pointer;
    size_t n = table.size / (3 * p);
    if (n == 0)
        return true;
    img->relocs = malloc(n * sizeof *img->relocs);
    if (!img->relocs)
        return error_set(e, img->name, 0, "out of memory for %zu relocations", n);
    for (size_t i = 0; i < n; i++) { /* offset, info, addend */
        uint64_t at = i * 3 * p, info = span_get(&table, at + p, p);
        if ((int)(p == 8 ? ELF64_R_TYPE(info) : ELF32_R_TYPE(info)) != img->target->elf_relative)
            continue;
        img->relocs[img->n_relocs++] =
            (struct reloc){span_get(&table, at, p), span_get(&table, at + 2 * p, p)};
    }
    return true;
}

struct growing {
    struct image *img;
    size_t capacity;
};

static bool add(void *context, uint64_t address, uint64_t value)
{
    struct growing *g = context;
    struct image *img = g->img;
    if (img->n_relocs == g->capacity) {
        g->capacity = g->capacity ? 2 * g->capacity : 256;
        struct reloc *more = realloc(img->relocs, g->capacity * sizeof *more);
        if (!more)
            return false;
        img->relocs = more;
    }
    img->relocs[img->n_relocs++] = (struct reloc){address, value};
    return true;
}

bool image_read_relocs(struct image *img, struct error *e)
{
    struct growing g = {.img = img};
    bool in_order = true;
    if (!(img->fixups.bytes ? chained_fixups(img, add, &g, e) : read_rela(img, e)))
        return false;
    for (size_t i = 1; i < img->n_relocs && in_order; i++)
        in_order = img->relocs[i - 1].address <= img->relocs[i].address;
    if (!in_order)
        qsort(img->relocs, img->n_relocs, sizeof *img->relocs, by_address);
    return true;
}

bool image_pointer(const struct image *img, uint64_t address, uint64_t *v)
{
    struct span at = image_at(img, address);
    if (!span_read(&at, 0, img->pointer, v))
        return false;
    if (img->n_relocs) {
        struct reloc key = {.address = address},
                     *r = bsearch(&key, img->relocs, img->n_relocs, sizeof key, by_address);
        if (r)
            *v = r->value;
    }
    return true;
}

bool image_find_pointer(const struct image *img, uint64_t value, image_match_fn *is_it, const void *context,
                        uint64_t *address)
{
    for (size_t i = 0; i < img->n_relocs; i++)
        if (img->relocs[i].value == value && is_it(context, *address = img->relocs[i].address))
            return true;
    uint8_t bytes[8];
    for (unsigned i = 0; i < img->pointer; i++)
        bytes[i] = (uint8_t)(value >> 8 * (img->file.big_endian ? img->pointer - 1 - i : i));
    for (size_t i = 0; i < img->n_segments; i++)
        if (!img->segments[i].executable &&
            segment_find(&img->segments[i], bytes, img->pointer, img->pointer, is_it, context, address))
            return true;
    return false;
}
