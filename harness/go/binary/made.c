/* Puts an image together (made.h). After cmd/link/internal/ld/pcln.go of Go 1.20, whose layout it writes, and
 * debug/buildinfo of 1.19. */
#include "made.h"

#include <stdlib.h>

#include "grow.h"
#include "image_format.h"
#include "pclntab.h"

/* Addresses that 32 bits have; what is added fits between them. */
enum { PAGE = 0x1000, CODE = 0x400000, DATA = 0x40000000, EXTERNALS = 0x70000000, EXTERNAL = 16 };
enum { MOST_CODE = DATA - CODE - PAGE, MOST_DATA = 0x10000000, DUMMY_MAPS = 8 };
enum { N_PCDATA = 3, N_FUNCDATA = 4, FUNC_SIZE = 4 + 40 + 4 * (N_PCDATA + N_FUNCDATA) };

struct buffer {
    uint8_t *bytes;
    size_t n, capacity;
};

struct reference {
    uint64_t at, target;
};

struct external {
    uint64_t address;
    size_t name; /* in `externals` */
};

struct made {
    bool big_endian;
    unsigned word;
    uint32_t quantum;
    uint64_t base, tables_base, go_func;
    struct buffer text, data, names, pctab, trees, funcs, functab, externals, all;
    struct span pclntab; /* in `all`, or the image's own */
    uint64_t pclntab_at;
    size_t build_info; /* offset in `all` */
    struct reference *reference;
    size_t n_references, reference_capacity;
    struct external *external;
    size_t n_externals, external_capacity;
};

/* ---- buffers ---- */

static size_t put(struct buffer *b, const void *bytes, size_t n)
{
    size_t at = b->n;
    b->bytes = grow(b->bytes, &b->capacity, b->n + n, 1);
    if (n)
        memcpy(b->bytes + at, bytes, n);
    b->n += n;
    return at;
}

static void put_zeros(struct buffer *b, size_t n)
{
    b->bytes = grow(b->bytes, &b->capacity, b->n + n, 1);
    memset(b->bytes + b->n, 0, n);
    b->n += n;
}

static void align(struct buffer *b, unsigned to)
{
    put_zeros(b, (to - b->n % to) % to);
}

static void set_number(const struct made *m, uint8_t *at, unsigned width, uint64_t v)
{
    for (unsigned i = 0; i < width; i++)
        at[m->big_endian ? width - 1 - i : i] = (uint8_t)(v >> 8 * i);
}

static void put_number(const struct made *m, struct buffer *b, unsigned width, uint64_t v)
{
    uint8_t bytes[8];
    set_number(m, bytes, width, v);
    put(b, bytes, width);
}

/* ---- adding ---- */

struct made *made_new(struct image *img, uint32_t quantum)
{
    struct made *m = calloc(1, sizeof *m);
    if (!m) {
        fprintf(stderr, "everypc-go: out of memory\n");
        exit(2);
    }
    m->big_endian = img->file.big_endian;
    m->word = img->pointer;
    m->quantum = quantum;
    m->base = CODE;
    put_zeros(&m->names, 1); /* the name at 0 is empty, the table at 0 is none, the maps at 0 are all maps */
    put_zeros(&m->pctab, 1);
    put_zeros(&m->trees, DUMMY_MAPS);
    return m;
}

void made_free(struct made *m)
{
    if (!m)
        return;
    struct buffer *all[] = {&m->text,  &m->data,    &m->names,     &m->pctab, &m->trees,
                            &m->funcs, &m->functab, &m->externals, &m->all};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]->bytes);
    free(m->reference);
    free(m->external);
    free(m);
}

void made_set_base(struct made *m, uint64_t address)
{
    m->base = address;
}

uint64_t made_add_code(struct made *m, const void *bytes, size_t n, unsigned alignment)
{
    align(&m->text, alignment);
    return m->base + put(&m->text, bytes, n);
}

uint64_t made_code_end(const struct made *m)
{
    return m->base + m->text.n;
}

uint64_t made_add_data(struct made *m, const void *bytes, size_t n, unsigned alignment)
{
    align(&m->data, alignment);
    return DATA + put(&m->data, bytes, n);
}

void made_set_pointer(struct made *m, uint64_t address, uint64_t value)
{
    uint64_t at = address - DATA;
    if (at <= m->data.n && m->data.n - at >= m->word)
        set_number(m, m->data.bytes + at, m->word, value);
}

uint32_t made_add_name(struct made *m, const char *name, size_t n)
{
    const char *end = memchr(name, 0, n);
    size_t at = put(&m->names, name, end ? (size_t)(end - name) : n);
    put_zeros(&m->names, 1);
    return (uint32_t)at;
}

uint32_t made_add_table(struct made *m, struct span table)
{
    if (table.size == 0)
        return 0;
    size_t at = put(&m->pctab, table.bytes, table.size);
    put_zeros(&m->pctab, 1); /* so that a table cut short does not run into the next one */
    return (uint32_t)at;
}

uint32_t made_add_inlined(struct made *m, uint32_t name, uint32_t parent_pc)
{
    size_t at = m->trees.n;
    put_number(m, &m->trees, 4, 0); /* funcID */
    put_number(m, &m->trees, 4, name);
    put_number(m, &m->trees, 4, parent_pc);
    put_number(m, &m->trees, 4, 0); /* startLine */
    return (uint32_t)at;
}

void made_add_func(struct made *m, const struct made_func *f)
{
    struct buffer *b = &m->funcs;
    uint64_t entry = f->entry - m->base;
    put_number(m, &m->functab, 4, entry);
    put_number(m, &m->functab, 4, b->n);
    const uint32_t fields[] = {(uint32_t)entry, f->name, f->args, 0, f->pcsp, 0, 0,
                               N_PCDATA,        0,       0 /* cuOffset, startLine */};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        put_number(m, b, 4, fields[i]);
    const uint8_t bytes[] = {f->id, f->flags, 0, N_FUNCDATA};
    put(b, bytes, sizeof bytes);
    const uint32_t more[N_PCDATA + N_FUNCDATA] = {
        f->unsafe_point, 0, f->inl_index, UINT32_MAX, f->has_maps ? 0 : UINT32_MAX, UINT32_MAX, f->inl_tree};
    for (size_t i = 0; i < N_PCDATA + N_FUNCDATA; i++)
        put_number(m, b, 4, more[i]);
}

/* ---- what lies elsewhere ---- */

void made_add_external(struct made *m, uint64_t address, const char *name, size_t n)
{
    m->external = grow(m->external, &m->external_capacity, m->n_externals + 1, sizeof *m->external);
    m->external[m->n_externals++] = (struct external){address, put(&m->externals, name, n)};
    put_zeros(&m->externals, 1);
}

uint64_t made_new_external(struct made *m, const char *name, size_t n)
{
    uint64_t address = EXTERNALS + (uint64_t)EXTERNAL * m->n_externals;
    made_add_external(m, address, name, n);
    return address;
}

static int by_address(const void *a, const void *b)
{
    const struct external *x = a, *y = b;
    return x->address < y->address ? -1 : x->address > y->address;
}

static void sort_externals(struct made *m)
{
    if (m->external)
        qsort(m->external, m->n_externals, sizeof *m->external, by_address);
}

const char *made_external(const struct made *m, uint64_t address)
{
    struct external key = {.address = address};
    const struct external *found =
        m->n_externals ? bsearch(&key, m->external, m->n_externals, sizeof key, by_address) : NULL;
    return found ? (const char *)m->externals.bytes + found->name : NULL;
}

void made_add_reference(struct made *m, uint64_t at, uint64_t target)
{
    m->reference = grow(m->reference, &m->reference_capacity, m->n_references + 1, sizeof *m->reference);
    m->reference[m->n_references++] = (struct reference){at, target};
}

bool made_reference(const struct made *m, uint64_t from, uint64_t to, uint64_t *target)
{
    size_t low = 0, high = m->n_references; /* those before low begin before `from`, from high on not */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->reference[middle].at < from)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == m->n_references || m->reference[low].at >= to)
        return false;
    *target = m->reference[low].target;
    return true;
}

size_t made_size(const struct made *m)
{
    return m->text.n + m->data.n + m->names.n + m->pctab.n + m->trees.n + m->funcs.n + m->externals.n;
}

/* ---- the whole ---- */

/* The header, then the tables in the order of its words: names, units and files (none), pctab, functions. */
static void put_pclntab(struct made *m, struct image *img, uint64_t end)
{
    struct buffer *b = &m->all;
    uint8_t start[PCLNTAB_START];
    enum { WORDS = 8 };
    uint64_t n = m->functab.n / 8, names = PCLNTAB_START + WORDS * m->word, pctab = names + m->names.n;
    uint64_t funcs = (pctab + m->pctab.n + 7) / 8 * 8, functab = m->functab.n + 4;
    pclntab_start(img, N_LAYOUTS - 1, (uint8_t)m->quantum, start);
    put(b, start, sizeof start);
    const uint64_t words[WORDS] = {n, 0, m->base, names, pctab, pctab, pctab, funcs};
    for (int i = 0; i < WORDS; i++)
        put_number(m, b, m->word, words[i]);
    put(b, m->names.bytes, m->names.n);
    put(b, m->pctab.bytes, m->pctab.n);
    align(b, 8);
    for (uint64_t i = 0; i < n; i++) {
        put(b, m->functab.bytes + 8 * i, 4);
        put_number(m, b, 4, functab + i * FUNC_SIZE);
    }
    put_number(m, b, 4, end - m->base);
    put(b, m->funcs.bytes, m->funcs.n);
}

static void put_build_info(struct made *m, const char *version)
{
    enum { MAGIC = 14, POINTER = 1, INLINE_STRINGS = 2, HEADER = 32, LONGEST = 63 };
    size_t n = strnlen(version, LONGEST);
    align(&m->all, 16);
    m->build_info = put(&m->all, "\xff Go buildinf:", MAGIC);
    const uint8_t flags[] = {(uint8_t)m->word, INLINE_STRINGS};
    put(&m->all, flags, sizeof flags);
    put_zeros(&m->all, HEADER - MAGIC - sizeof flags);
    const uint8_t length = (uint8_t)n, none = 0;
    put(&m->all, &length, 1);
    put(&m->all, version, n);
    put(&m->all, &none, 1);
}

static bool add_segment(struct image *img, uint64_t address, const struct buffer *b, bool executable,
                        struct error *e)
{
    if (b->n == 0)
        return true;
    if (img->n_segments == MAX_SEGMENTS || address + b->n < address)
        return error_set(e, img->name, 0, "its code and data don't fit in an address space");
    img->segments[img->n_segments++] = (struct segment){
        .address = address, .file = {b->bytes, b->n, img->file.big_endian}, .executable = executable};
    return true;
}

/* The page behind all segments. */
static uint64_t free_page(const struct image *img)
{
    uint64_t last = 0;
    for (size_t i = 0; i < img->n_segments; i++)
        if (img->segments[i].address + img->segments[i].file.size > last)
            last = img->segments[i].address + img->segments[i].file.size;
    return (last + PAGE - 1) / PAGE * PAGE + PAGE;
}

bool made_finish(struct made *m, struct image *img, uint64_t end, const char *version, struct error *e)
{
    if (m->text.n > MOST_CODE || m->data.n > MOST_DATA || made_size(m) > UINT32_MAX ||
        end - m->base > UINT32_MAX)
        return error_set(e, img->name, 0, "too much code, or too many tables");
    if (m->functab.n == 0)
        return error_set(e, img->name, 0, "there is no function in it");
    sort_externals(m);
    put_pclntab(m, img, end);
    align(&m->all, 8);
    size_t trees = put(&m->all, m->trees.bytes, m->trees.n);
    put_build_info(m, version);
    if (!add_segment(img, m->base, &m->text, true, e) || !add_segment(img, DATA, &m->data, false, e))
        return false;
    m->pclntab_at = m->tables_base = free_page(img);
    m->pclntab = (struct span){m->all.bytes, m->all.n, m->big_endian};
    m->go_func = m->tables_base + trees;
    return add_segment(img, m->tables_base, &m->all, false, e);
}

bool made_take_tables(struct made *m, struct image *img, uint64_t pclntab, uint64_t size, uint64_t go_func,
                      const char *version, struct error *e)
{
    sort_externals(m);
    for (size_t i = 0; i < img->n_segments; i++)
        if (img->segments[i].address == pclntab && img->segments[i].file.size == size)
            m->pclntab = img->segments[i].file;
    m->pclntab_at = pclntab;
    m->go_func = go_func;
    put_build_info(m, version);
    m->tables_base = free_page(img);
    return add_segment(img, m->tables_base, &m->all, false, e);
}

bool made_section(const struct image *img, const char *name, uint64_t *address, struct span *bytes)
{
    const struct made *m = img->made;
    if (m && m->all.n && strcmp(name, ".gopclntab") == 0) {
        *address = m->pclntab_at;
        *bytes = m->pclntab;
        return true;
    }
    if (m && m->all.n && strcmp(name, ".go.buildinfo") == 0) {
        *address = m->tables_base + m->build_info;
        *bytes = (struct span){m->all.bytes + m->build_info, m->all.n - m->build_info, m->big_endian};
        return true;
    }
    return false;
}

bool made_symbol(const struct image *img, const char *name, uint64_t *address, uint64_t *size)
{
    const struct made *m = img->made;
    if (!m || m->all.n == 0)
        return false;
    *size = 0;
    if (strcmp(name, "go:func.*") == 0)
        *address = m->go_func;
    else if (strcmp(name, "runtime.text") == 0)
        *address = m->base;
    else
        return false;
    return true;
}
