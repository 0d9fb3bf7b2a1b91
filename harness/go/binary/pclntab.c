/* The header of .gopclntab. After Go's own readers: debug/gosym/pclntab.go, and runtime/symtab.go and
 * runtime2.go of 1.15, 1.16, 1.19 and 1.24. */
#include "pclntab.h"

#include "relocs.h"

static const struct layout *layout_of(uint64_t magic)
{
    for (int i = 0; i < N_LAYOUTS; i++)
        if (pclntab_layouts[i].magic == magic)
            return &pclntab_layouts[i];
    return NULL;
}

static bool sub_table(struct pclntab *t, unsigned word, struct span *out)
{
    uint64_t at = 0;
    return word == 0 ? span_from(&t->all, 0, out)
                     : span_read(&t->all, PCLNTAB_START + word * t->pointer, t->pointer, &at) &&
                           span_from(&t->all, at, out);
}

/* Where the names of source files are. They are only for reports: a table that is damaged has none. */
static void find_files(struct pclntab *t)
{
    const struct layout *l = t->layout;
    uint64_t at, n;
    if (l->units) {
        if (!sub_table(t, l->units, &t->units) || !sub_table(t, l->files, &t->files))
            t->units = t->files = (struct span){0};
        return;
    }
    if (span_read(&t->functab, (2 * t->n + 1) * t->field, 4, &at) && span_from(&t->all, at, &t->units) &&
        span_read(&t->units, 0, 4, &n) && n <= t->units.size / 4) {
        t->units.size = 4 * n;
        t->files = t->all;
    } else {
        t->units = (struct span){0};
    }
}

bool pclntab_read(struct pclntab *t, const struct image *img, uint64_t address, struct span bytes,
                  struct error *e)
{
    *t = (struct pclntab){.image = img, .address = address, .all = bytes, .pointer = img->pointer};
    uint64_t magic;
    if (!span_read(&bytes, 0, 4, &magic) || !(t->layout = layout_of(magic)))
        return error_set(e, img->name, 0, ".gopclntab: unknown magic number");
    t->quantum = (uint32_t)span_get(&bytes, 6, 1);
    bool known = t->quantum == img->target->quantum || t->quantum == img->target->case_quantum;
    if (span_get(&bytes, 4, 2) != 0 || !known || span_get(&bytes, 7, 1) != t->pointer)
        return error_set(e, img->name, 0, ".gopclntab: quantum or pointer size (at +0x6) does not fit %s",
                         img->target->name);
    const struct layout *l = t->layout;
    t->field = l->relative ? 4 : t->pointer;
    if (!span_read(&bytes, PCLNTAB_START, t->pointer, &t->n) || !sub_table(t, l->names, &t->names) ||
        !sub_table(t, l->pctab, &t->pctab) || !sub_table(t, l->funcs, &t->funcs))
        return error_set(e, img->name, 0, ".gopclntab: its header names a table past its end (+0x%llx)",
                         (unsigned long long)bytes.size);
    if (l->text_start)
        image_pointer(img, address + PCLNTAB_START + l->text_start * t->pointer, &t->text_start);
    uint64_t functab = l->funcs ? 0 : PCLNTAB_START + t->pointer;
    if (!span_from(&t->funcs, functab, &t->functab) || t->n == 0 || t->n > t->functab.size / (2 * t->field) ||
        t->functab.size / t->field < 2 * t->n + 1)
        return error_set(
            e, img->name, 0,
            ".gopclntab: its header (+0x8) says %llu functions, more than its function table holds",
            (unsigned long long)t->n);
    t->functab_end = functab + (2 * t->n + 1) * t->field;
    find_files(t);
    for (uint64_t i = 0; i < t->n; i++)
        if (pclntab_entry(t, i) > pclntab_entry(t, i + 1))
            return error_set(
                e, img->name, 0, ".gopclntab: the function table is out of order at +0x%llx",
                (unsigned long long)((uint64_t)(t->functab.bytes - t->all.bytes) + 2 * i * t->field));
    return true;
}

uint64_t pclntab_entry(const struct pclntab *t, uint64_t i)
{
    if (t->layout->relative || t->image->n_relocs == 0)
        return span_get(&t->functab, 2 * i * t->field, t->field);
    uint64_t v = 0;
    image_pointer(t->image, t->address + (uint64_t)(t->functab.bytes - t->all.bytes) + 2 * i * t->field, &v);
    return v;
}

uint64_t pclntab_func(const struct pclntab *t, uint64_t i)
{
    return span_get(&t->functab, (2 * i + 1) * t->field, t->field);
}
