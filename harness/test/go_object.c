#include "go_object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
enum {
    N_BLOCKS = 19, SYMBOLS = 3, REFERENCES = 7, RELOC_INDEX = 11, AUX_INDEX, DATA_INDEX, RELOCS, AUX, DATA,
    NAMES,
    NONE = 0x7fffffff, BUILTIN = NONE - 3, SELF = NONE - 4, OTHER = 1,
    FUNC_INFO = 1, FUNCDATA, PCSP = 7, PC_INLINE = 10, PCDATA,
};
/* clang-format on */

struct block {
    uint8_t bytes[8192];
    size_t n;
};

struct writer {
    struct go_object *o;
    const struct object_options *options;
    struct block block[N_BLOCKS], strings;
    uint32_t n_symbols, n_references, n_names;
};

static void put(struct block *b, unsigned width, uint64_t v)
{
    for (unsigned i = 0; i < width && b->n < sizeof b->bytes; i++)
        b->bytes[b->n++] = (uint8_t)(v >> 8 * i);
}

static void put_bytes(struct block *b, const void *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put(b, 1, ((const uint8_t *)bytes)[i]);
}

/* Length and offset, which counts from the magic number; strings come right behind the header. */
static void put_string(struct writer *w, struct block *b, const char *s)
{
    enum { HEADER = 20 + 4 * N_BLOCKS };
    put(b, 4, strlen(s));
    put(b, 4, HEADER + w->strings.n);
    put_bytes(&w->strings, s, strlen(s));
}

static void put_reference(struct block *b, uint32_t package, uint32_t index)
{
    put(b, 4, package);
    put(b, 4, index);
}

/* A definition with its data; relocations and auxiliary symbols are those that were put before. */
static uint32_t define(struct writer *w, const char *name, const void *bytes, size_t n)
{
    struct block *s = &w->block[SYMBOLS];
    put_string(w, s, name);
    put(s, 2 + 1 + 1 + 1, 0); /* ABI, type, flags */
    put(s, 4, n);
    put(s, 4, 0);
    put_bytes(&w->block[DATA], bytes, n);
    put(&w->block[DATA_INDEX], 4, w->block[DATA].n);
    put(&w->block[RELOC_INDEX], 4, w->block[RELOCS].n / 23);
    put(&w->block[AUX_INDEX], 4, w->block[AUX].n / 9);
    return w->n_symbols++;
}

static void put_relocation(struct writer *w, uint32_t offset, uint8_t size, int64_t addend, uint32_t package,
                           uint32_t index)
{
    struct block *b = &w->block[RELOCS];
    put(b, 4, offset);
    put(b, 1, size);
    put(b, 2, 1);
    put(b, 8, (uint64_t)addend);
    put_reference(b, package, index);
}

static void put_aux(struct writer *w, uint8_t kind, uint32_t package, uint32_t index)
{
    put(&w->block[AUX], 1, kind);
    put_reference(&w->block[AUX], package, index);
}

/* References by name: with a package the names have it, without it is a symbol of a kind of its own. */
static void refer(struct writer *w, const struct object_reference *r)
{
    if (r->builtin) {
        put_relocation(w, r->offset, r->size, r->addend, BUILTIN, (uint32_t)r->builtin - 1);
    } else if (r->name && strchr(r->name, '/')) {
        put_reference(&w->block[NAMES], OTHER, w->n_names);
        put_string(w, &w->block[NAMES], r->name);
        put_relocation(w, r->offset, r->size, r->addend, OTHER, w->n_names++);
    } else if (r->name) {
        put_string(w, &w->block[REFERENCES], r->name);
        put(&w->block[REFERENCES], 8, 0);
        put(&w->block[REFERENCES], 5, 0);
        put_relocation(w, r->offset, r->size, r->addend, NONE, w->n_references++);
    } else {
        put_relocation(w, r->offset, r->size, r->addend, SELF, (uint32_t)r->to);
    }
}

/* The function's numbers, and one inlined function: number `inlined` of the definitions. */
static struct block func_info(const struct writer *w, const struct object_func *f, uint32_t inlined)
{
    struct block b = {.n = 0};
    put(&b, 4, 8); /* args */
    put(&b, 4, 0); /* locals */
    put(&b, 1, 0); /* ID */
    put(&b, 1, f->flags);
    put(&b, 2, 0);
    if (w->options->newest)
        put(&b, 4, 0); /* its line */
    put(&b, 4, 0);     /* files */
    put(&b, 4, f->inlined != NULL);
    if (f->inlined) {
        put(&b, 4, UINT32_MAX); /* parent */
        put(&b, 4, 0);
        put(&b, 4, 0);
        put_reference(&b, SELF, inlined);
        put(&b, 4, 0); /* parentPc */
    }
    return b;
}

static void put_func(struct writer *w, const struct object_func *f, uint32_t first_aux)
{
    for (int i = 0; i < OBJECT_MOST_REFERENCES && f->reference[i].size; i++)
        refer(w, &f->reference[i]);
    put_aux(w, FUNC_INFO, SELF, first_aux);
    put_aux(w, FUNCDATA, 0, 0);
    put_aux(w, FUNCDATA, f->no_maps ? 0 : SELF, f->no_maps ? 0 : first_aux + 1);
    if (f->pcsp_size)
        put_aux(w, PCSP, SELF, first_aux + 2);
    if (f->inlined)
        put_aux(w, PC_INLINE, SELF, first_aux + 4);
    put_aux(w, PCDATA, f->unsafe_size ? SELF : 0, f->unsafe_size ? first_aux + 3 : 0);
    define(w, f->name, f->code, f->size);
}

static void put_parts(struct writer *w, const struct object_func *f, uint32_t first_aux)
{
    static const uint8_t inlined_at[] = {2, 1, 1, 1, 0}; /* entry 0 from its start on, for one quantum */
    struct block info = func_info(w, f, first_aux + 5);
    define(w, "", info.bytes, info.n);
    define(w, "maps", "", 1);
    define(w, "", f->pcsp, f->pcsp_size);
    define(w, "", f->unsafe_point, f->unsafe_size);
    define(w, "", inlined_at, sizeof inlined_at);
    define(w, f->inlined ? f->inlined : "", "", 0);
}

static void append(struct go_object *o, const void *bytes, size_t n)
{
    if (o->n + n > sizeof o->bytes)
        abort();
    memcpy(o->bytes + o->n, bytes, n);
    o->n += n;
}

static void append_number(struct go_object *o, uint32_t v)
{
    const uint8_t bytes[4] = {(uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24)};
    append(o, bytes, sizeof bytes);
}

static void finish(struct writer *w)
{
    struct go_object *o = w->o;
    uint32_t at = 20 + 4 * N_BLOCKS;
    o->at = o->n;
    append(o, w->options->newest ? "\0go120ld" : "\0go118ld", 8);
    append(o, "fingerpr\0\0\0\0", 12);
    at += (uint32_t)w->strings.n;
    for (int i = 0; i < N_BLOCKS; i++) {
        append_number(o, at);
        at += (uint32_t)w->block[i].n;
    }
    append(o, w->strings.bytes, w->strings.n);
    for (int i = 0; i < N_BLOCKS; i++)
        append(o, w->block[i].bytes, w->block[i].n);
}

/* A member's header, whose size is filled in when it ends. */
static size_t begin_member(struct go_object *o, const char *name)
{
    char header[61];
    snprintf(header, sizeof header, "%-16s%-12d%-6d%-6d%-8d%-10d`\n", name, 0, 0, 0, 644, 0);
    append(o, header, 60);
    return o->n;
}

static void end_member(struct go_object *o, size_t begin)
{
    char size[11];
    snprintf(size, sizeof size, "%-10zu", o->n - begin);
    memcpy(o->bytes + begin - 12, size, 10);
    if (o->n % 2)
        append(o, "\n", 1);
}

static void put_tables(struct writer *w)
{
    static const uint8_t zeros[64];
    for (size_t k = 0; k < w->options->n_tables; k++) {
        const struct object_table *t = &w->options->tables[k];
        for (size_t i = 0; i < t->n; i++)
            put_relocation(w, (uint32_t)(i * w->options->word), (uint8_t)w->options->word, t->offset[i], SELF,
                           (uint32_t)t->func);
        define(w, "table", zeros, t->n * w->options->word);
    }
}

void go_object_write(struct go_object *o, const struct object_options *options,
                     const struct object_func *funcs, size_t n)
{
    enum { PARTS = 6 };
    struct writer *w = calloc(1, sizeof *w);
    size_t begin = 0;
    if (!w)
        abort();
    *o = (struct go_object){.n = 0};
    w->o = o;
    w->options = options;
    if (options->archive) {
        append(o, "!<arch>\n", 8);
        begin = begin_member(o, "__.PKGDEF");
        append(o, "go object linux none go0\n$$B\n", 29);
        end_member(o, begin);
        begin = begin_member(o, "c.o");
        append(o, "\177ELF", 4);
        end_member(o, begin);
        begin = begin_member(o, "_go_.o");
    }
    append(o, "go object ", 10);
    append(o, options->header, strlen(options->header));
    append(o, "\n\n!\n", 4);
    for (int i = RELOC_INDEX; i <= DATA_INDEX; i++)
        put(&w->block[i], 4, 0);
    uint32_t first = (uint32_t)(n + options->n_tables);
    for (size_t i = 0; i < n; i++)
        put_func(w, &funcs[i], first + (uint32_t)i * PARTS);
    put_tables(w);
    for (size_t i = 0; i < n; i++)
        put_parts(w, &funcs[i], first + (uint32_t)i * PARTS);
    finish(w);
    if (options->archive)
        end_member(o, begin);
    free(w);
}
