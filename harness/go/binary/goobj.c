/* Reads the blocks of an object file (goobj.h). Numbers are little-endian on every target. */
#include "goobj.h"

/* clang-format off */
enum {
    MAGIC = 8, FINGERPRINT = 8, FLAGS = 16, BLOCKS = 20, NEEDS_EXPANSION = 1 << 1,
    SYMBOL = 21, RELOC = 23, AUX = 9, NAME = 16, INDEX = 4,
    /* packages that are none */
    PACKAGE_NONE = 0x7fffffff, PACKAGE_HASHED_64 = PACKAGE_NONE - 1, PACKAGE_HASHED = PACKAGE_NONE - 2,
    PACKAGE_BUILTIN = PACKAGE_NONE - 3, PACKAGE_SELF = PACKAGE_NONE - 4,
    N_KINDS = 4, /* of definitions: blocks in a row */
};
/* clang-format on */

static uint64_t get(const struct goobj *o, uint64_t at, unsigned width)
{
    return span_get(&o->file, at, width);
}

static uint32_t count(const struct goobj *o, int block, uint32_t size)
{
    return (o->at[block + 1] - o->at[block]) / size;
}

/* Whether a block has a number for each symbol, and one more, none smaller than the one before: so all loops
 * over parts of symbols together are no longer than the file. */
static bool is_index(const struct goobj *o, int block)
{
    if (count(o, block, INDEX) < o->n_symbols + 1)
        return false;
    for (uint32_t i = 0; i < o->n_symbols; i++)
        if (get(o, o->at[block] + (uint64_t)INDEX * i, 4) >
            get(o, o->at[block] + (uint64_t)INDEX * (i + 1), 4))
            return false;
    return true;
}

bool goobj_open(struct goobj *o, struct span file, const char *name, struct error *e)
{
    *o = (struct goobj){.file = file};
    o->file.big_endian = false;
    bool newest = file.size > MAGIC && memcmp(file.bytes, "\0go120ld", MAGIC) == 0;
    if (!newest && (file.size <= MAGIC || memcmp(file.bytes, "\0go118ld", MAGIC) != 0))
        return error_set(e, name, 0, "an object file of a form that is not known (Go 1.19 to 1.27 are)");
    o->has_start_line = newest;
    o->flags = (uint32_t)get(o, FLAGS, 4);
    if (!newest && o->flags & NEEDS_EXPANSION)
        return error_set(e, name, 0, "an object file of Go 1.18, whose names are not complete");
    uint32_t last = BLOCKS + 4 * N_BLOCKS;
    for (int i = 0; i < N_BLOCKS; i++) {
        o->at[i] = (uint32_t)get(o, BLOCKS + 4 * (uint64_t)i, 4);
        if (o->at[i] < last || o->at[i] > file.size)
            return error_set(e, name, 0, "object file: block %d is not where it could be: is it truncated?",
                             i);
        last = o->at[i];
    }
    for (int i = 0; i < N_KINDS; i++)
        o->n_symbols += count(o, BLOCK_SYMBOLS + i, SYMBOL);
    o->n_references = count(o, BLOCK_REFERENCES, SYMBOL);
    o->n_names = count(o, BLOCK_NAMES, NAME);
    for (int i = BLOCK_RELOC_INDEX; i <= BLOCK_DATA_INDEX; i++)
        if (!is_index(o, i))
            return error_set(e, name, 0, "object file: block %d is no index of %u symbols", i, o->n_symbols);
    return true;
}

/* Where symbol i's record is: references follow definitions, and the kinds of these each other. */
static uint64_t record(const struct goobj *o, int64_t i)
{
    for (int block = BLOCK_SYMBOLS; block <= BLOCK_REFERENCES; block++) {
        uint32_t n = count(o, block, SYMBOL);
        if (i < n)
            return o->at[block] + (uint64_t)i * SYMBOL;
        i -= n;
    }
    return o->file.size;
}

static struct span string(const struct goobj *o, uint64_t at)
{
    struct span s = {0};
    uint64_t n = get(o, at, 4), from = get(o, at + 4, 4);
    if (span_from(&o->file, from, &s) && s.size >= n)
        s.size = n;
    else
        s = (struct span){(const uint8_t *)"", 0, false};
    return s;
}

struct span goobj_name(const struct goobj *o, int64_t i)
{
    return string(o, record(o, i));
}

/* Element i of an index block, at most `most`. */
static uint32_t index_of(const struct goobj *o, int block, uint32_t i, uint32_t most)
{
    uint64_t v = get(o, o->at[block] + (uint64_t)INDEX * i, 4);
    return v < most ? (uint32_t)v : most;
}

struct span goobj_data(const struct goobj *o, uint32_t i)
{
    uint32_t size = o->at[BLOCK_DATA + 1] - o->at[BLOCK_DATA];
    uint32_t from = index_of(o, BLOCK_DATA_INDEX, i, size), to = index_of(o, BLOCK_DATA_INDEX, i + 1, size);
    return (struct span){o->file.bytes + o->at[BLOCK_DATA] + from, to > from ? to - from : 0, false};
}

static void bounds(const struct goobj *o, int index, int block, uint32_t size, uint32_t i, uint32_t *from,
                   uint32_t *to)
{
    uint32_t n = count(o, block, size);
    *from = index_of(o, index, i, n);
    *to = index_of(o, index, i + 1, n);
}

void goobj_relocs(const struct goobj *o, uint32_t i, uint32_t *from, uint32_t *to)
{
    bounds(o, BLOCK_RELOC_INDEX, BLOCK_RELOCS, RELOC, i, from, to);
}

void goobj_auxes(const struct goobj *o, uint32_t i, uint32_t *from, uint32_t *to)
{
    bounds(o, BLOCK_AUX_INDEX, BLOCK_AUX, AUX, i, from, to);
}

bool goobj_is_builtin(const struct goobj_reference *r)
{
    return r->package == PACKAGE_BUILTIN;
}

static struct goobj_reference reference(const struct goobj *o, const struct span *in, uint64_t at)
{
    struct goobj_reference r = {(uint32_t)span_get(in, at, 4), (uint32_t)span_get(in, at + 4, 4),
                                GOOBJ_OTHER};
    static const uint32_t packages[N_KINDS] = {PACKAGE_SELF, PACKAGE_HASHED_64, PACKAGE_HASHED, PACKAGE_NONE};
    uint32_t before = 0;
    if (r.package == 0)
        r.symbol = GOOBJ_NONE;
    for (int kind = 0; kind < N_KINDS; kind++) {
        uint32_t n = count(o, BLOCK_SYMBOLS + kind, SYMBOL);
        uint32_t most = n + (packages[kind] == PACKAGE_NONE ? o->n_references : 0);
        if (r.package == packages[kind])
            r.symbol = r.index < most ? (int64_t)before + r.index : GOOBJ_NONE;
        before += n;
    }
    return r;
}

struct goobj_reloc goobj_reloc(const struct goobj *o, uint32_t number)
{
    uint64_t at = o->at[BLOCK_RELOCS] + (uint64_t)number * RELOC; /* offset, size, type, addend, symbol */
    return (struct goobj_reloc){(uint32_t)get(o, at, 4), (uint8_t)get(o, at + 4, 1),
                                (int64_t)get(o, at + 7, 8), reference(o, &o->file, at + 15)};
}

uint8_t goobj_aux(const struct goobj *o, uint32_t number, struct goobj_reference *to)
{
    uint64_t at = o->at[BLOCK_AUX] + (uint64_t)number * AUX;
    *to = reference(o, &o->file, at + 1);
    return (uint8_t)get(o, at, 1);
}

bool goobj_func(const struct goobj *o, struct span info, struct goobj_func *f)
{
    uint64_t files = o->has_start_line ? 16 : 12, n, tree;
    *f = (struct goobj_func){
        (uint32_t)span_get(&info, 0, 4), (uint8_t)span_get(&info, 8, 1), (uint8_t)span_get(&info, 9, 1), {0}};
    if (!span_read(&info, files, 4, &n) || !span_read(&info, tree = files + 4 + 4 * n, 4, &n) ||
        !span_from(&info, tree + 4, &f->tree) || f->tree.size / GOOBJ_INLINED < n)
        return false;
    f->tree.size = n * GOOBJ_INLINED;
    return true;
}

struct goobj_reference goobj_inlined(const struct goobj *o, struct span tree, uint64_t i, uint32_t *parent_pc)
{
    uint64_t at = i * GOOBJ_INLINED; /* parent, file, line, function, parentPc */
    *parent_pc = (uint32_t)span_get(&tree, at + 20, 4);
    return reference(o, &tree, at + 12);
}

struct span goobj_other_name(const struct goobj *o, uint32_t number, struct goobj_reference *of)
{
    uint64_t at = o->at[BLOCK_NAMES] + (uint64_t)number * NAME;
    *of = reference(o, &o->file, at);
    return string(o, at + 8);
}
