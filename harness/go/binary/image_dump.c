/* Dumps of code that a program made or loaded while it ran: a text header, then bytes. README.md describes
 * it; cases/go/dump writes one. Functions come with their own tables as pairs, or in a .gopclntab. */
#define _GNU_SOURCE
#include "image_format.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "grow.h"
#include "made.h"
#include "pctab/pctab.h"

static const char first_line[] = "everypc code 1\n";
enum { FIRST_LINE = sizeof first_line - 1, NUMBER = 24, NO_PARTS = 16 };

/* What the lines after one may still speak of. */
struct dump {
    struct image *img;
    struct error *e;
    int line;
    char version[64];
    struct span rest; /* of the line */
    uint64_t size;    /* of all parts */
    uint64_t pclntab, pclntab_size, go_func;
    bool has_go_func, has_text, in_func;
    struct made_func func; /* the last one */
    uint64_t func_end, text, text_end;
    struct pc_run *runs;
    size_t run_capacity;
    uint8_t *encoded;
    size_t encoded_capacity;
};

static bool wrong(const struct dump *d, const char *what)
{
    return error_set(d->e, d->img->name, d->line, "%s", what);
}

static bool is_dump(const struct span *file)
{
    return file->size >= FIRST_LINE && memcmp(file->bytes, first_line, FIRST_LINE) == 0;
}

/* ---- words ---- */

static bool next_word(struct dump *d, struct span *word)
{
    uint64_t from = 0, to;
    while (from < d->rest.size && d->rest.bytes[from] == ' ')
        from++;
    for (to = from; to < d->rest.size && d->rest.bytes[to] != ' ';)
        to++;
    *word = (struct span){d->rest.bytes + from, to - from, false};
    span_from(&d->rest, to, &d->rest);
    return word->size > 0;
}

static bool is_word(const struct span *word, const char *text)
{
    return word->size == strlen(text) && memcmp(word->bytes, text, word->size) == 0;
}

/* All of a word, in C's notation. */
static bool to_number(struct span word, int64_t *v)
{
    char text[NUMBER + 1], *end;
    if (word.size == 0 || word.size > NUMBER)
        return false;
    memcpy(text, word.bytes, word.size);
    text[word.size] = 0;
    errno = 0;
    *v = *text == '-' ? strtoll(text, &end, 0) : (int64_t)strtoull(text, &end, 0);
    return *end == 0 && errno == 0;
}

static bool next_number(struct dump *d, uint64_t *v)
{
    struct span word;
    int64_t number;
    bool good = next_word(d, &word) && to_number(word, &number) && *word.bytes != '-';
    *v = good ? (uint64_t)number : 0;
    return good;
}

/* ---- lines ---- */

static bool is_target(const struct target *t, const void *context)
{
    return is_word(context, t->name);
}

static bool target_line(struct dump *d)
{
    struct span word;
    if (d->img->target || !next_word(d, &word) || !image_set_target(d->img, is_target, &word))
        return wrong(d, "\"target\" and a GOARCH that is one of the targets, once");
    d->img->made = made_new(d->img, d->img->target->quantum);
    return true;
}

static bool text_word(struct dump *d, char *out, size_t size, const char *what)
{
    struct span word;
    if (!next_word(d, &word) || word.size >= size)
        return wrong(d, what);
    memcpy(out, word.bytes, word.size);
    out[word.size] = 0;
    return true;
}

/* "text ADDRESS BYTES", and the same for data and pclntab: bytes behind the header, in the order of the
 * lines. Their place in the file is filled in when the header's size is known. */
static bool part_line(struct dump *d, const char *kind)
{
    uint64_t address, size;
    if (!next_number(d, &address) || !next_number(d, &size) || size == 0 || address + size < address ||
        size > d->img->file.size)
        return wrong(d, "an address and a number of bytes that the file holds behind \"end\"");
    if (d->img->n_segments == NO_PARTS)
        return wrong(d, "more than 16 parts");
    bool is_text = strcmp(kind, "text") == 0;
    if (is_text && d->has_text)
        return wrong(d, "a second text: write one dump for each");
    if (is_text) {
        d->has_text = true;
        d->text = address;
        d->text_end = address + size;
        made_set_base(d->img->made, address);
    }
    if (strcmp(kind, "pclntab") == 0) {
        d->pclntab = address;
        d->pclntab_size = size;
    }
    d->img->segments[d->img->n_segments++] = (struct segment){
        .address = address, .file = {NULL, size, d->img->file.big_endian}, .executable = is_text};
    d->size += size;
    return true;
}

/* Bytes between functions count as one that the reader takes for none. */
static void add_gap(struct dump *d, uint64_t from)
{
    static const char name[] = "runtime.etext";
    struct made_func gap = {
        .entry = from, .name = made_add_name(d->img->made, name, sizeof name - 1), .inl_tree = MADE_NO_TREE};
    made_add_func(d->img->made, &gap);
}

static void end_func(struct dump *d)
{
    if (d->in_func)
        made_add_func(d->img->made, &d->func);
    d->in_func = false;
}

/* args=BYTES, flags=NUMBER, maps=0 or 1 */
static bool func_words(struct dump *d)
{
    struct span word;
    int64_t v;
    while (next_word(d, &word)) {
        const uint8_t *is = memchr(word.bytes, '=', word.size);
        uint64_t n = is ? (uint64_t)(is - word.bytes) : word.size;
        struct span key = {word.bytes, n, false};
        if (!is || !to_number((struct span){is + 1, word.size - n - 1, false}, &v) || v < 0 || v > INT32_MAX)
            return wrong(d, "behind a function's name: args=, flags= or maps=, and a number");
        if (is_word(&key, "args"))
            d->func.args = (uint32_t)v;
        else if (is_word(&key, "flags"))
            d->func.flags = (uint8_t)v;
        else if (is_word(&key, "maps"))
            d->func.has_maps = v != 0;
        else
            return wrong(d, "behind a function's name: args=, flags= or maps=");
    }
    return true;
}

/* "func ADDRESS BYTES NAME", and words about it. */
static bool func_line(struct dump *d)
{
    uint64_t entry, size;
    struct span name;
    end_func(d);
    if (!next_number(d, &entry) || !next_number(d, &size) || !next_word(d, &name))
        return wrong(d, "\"func\", its address, its bytes and its name");
    if (!d->has_text || size == 0 || entry < d->func_end || entry < d->text || entry >= d->text_end ||
        size > d->text_end - entry)
        return wrong(d, "a function that is not inside the text, or begins before the end of the last one");
    uint64_t last = d->func_end ? d->func_end : d->text;
    if (entry > last)
        add_gap(d, last);
    d->func = (struct made_func){.entry = entry,
                                 .name = made_add_name(d->img->made, (const char *)name.bytes, name.size),
                                 .inl_tree = MADE_NO_TREE,
                                 .has_maps = true};
    d->func_end = entry + size;
    d->in_func = true;
    return func_words(d);
}

/* Pairs END:VALUE: a value holds up to an offset. */
static bool read_runs(struct dump *d, size_t *n)
{
    struct span word;
    uint32_t at = 0;
    *n = 0;
    while (next_word(d, &word)) {
        const uint8_t *colon = memchr(word.bytes, ':', word.size);
        uint64_t k = colon ? (uint64_t)(colon - word.bytes) : word.size;
        int64_t end, value;
        if (!colon || !to_number((struct span){word.bytes, k, false}, &end) ||
            !to_number((struct span){colon + 1, word.size - k - 1, false}, &value) || end <= (int64_t)at ||
            (uint64_t)end > d->func_end - d->func.entry || value < INT32_MIN || value > INT32_MAX)
            return wrong(d, "pairs END:VALUE, each END behind the one before and inside the function");
        d->runs = grow(d->runs, &d->run_capacity, *n + 1, sizeof *d->runs);
        d->runs[(*n)++] = (struct pc_run){at, (uint32_t)end, (int32_t)value};
        at = (uint32_t)end;
    }
    return *n > 0 || wrong(d, "pairs END:VALUE");
}

/* "sp" or "unsafe", of the function above. */
static bool table_line(struct dump *d, bool is_sp)
{
    size_t n, length = 0;
    uint32_t quantum = d->img->target ? d->img->target->quantum : 1;
    if (!d->in_func)
        return wrong(d, "a table, and no function above it");
    if (!read_runs(d, &n))
        return false;
    size_t capacity = 11 * n + 1; /* pctab.h */
    d->encoded = grow(d->encoded, &d->encoded_capacity, capacity, 1);
    enum pctab_error error = is_sp ? pctab_encode_sp_delta(d->runs, n, quantum, d->encoded, capacity, &length)
                                   : pctab_encode(d->runs, n, quantum, d->encoded, capacity, &length);
    if (error != PCTAB_OK)
        return wrong(d, pctab_strerror(error));
    uint32_t at = made_add_table(d->img->made, (struct span){d->encoded, length, false});
    *(is_sp ? &d->func.pcsp : &d->func.unsafe_point) = at;
    return true;
}

/* "symbol ADDRESS NAME": what calls to an address call. */
static bool symbol_line(struct dump *d)
{
    uint64_t address;
    struct span name;
    if (!next_number(d, &address) || !next_word(d, &name))
        return wrong(d, "\"symbol\", an address and a function's name");
    made_add_external(d->img->made, address, (const char *)name.bytes, name.size);
    return true;
}

static bool read_line(struct dump *d, bool *ended)
{
    struct span word;
    if (!next_word(d, &word) || *word.bytes == '#')
        return true;
    *ended = is_word(&word, "end");
    if (*ended)
        return true;
    if (is_word(&word, "target"))
        return target_line(d);
    if (!d->img->target)
        return wrong(d, "the first line after \"everypc code 1\" is \"target\" and a GOARCH");
    if (is_word(&word, "version"))
        return text_word(d, d->version, sizeof d->version, "\"version\" and a version such as go1.27.4");
    if (is_word(&word, "system"))
        return text_word(d, d->img->system, sizeof d->img->system, "\"system\" and a GOOS");
    static const char *const parts[] = {"text", "data", "pclntab"};
    for (int i = 0; i < 3; i++)
        if (is_word(&word, parts[i]))
            return part_line(d, parts[i]);
    if (is_word(&word, "gofunc"))
        return (d->has_go_func = next_number(d, &d->go_func)) || wrong(d, "\"gofunc\" and an address");
    if (is_word(&word, "func"))
        return func_line(d);
    if (is_word(&word, "sp") || is_word(&word, "unsafe"))
        return table_line(d, is_word(&word, "sp"));
    return is_word(&word, "symbol") ? symbol_line(d) : wrong(d, "no line of a dump begins with this word");
}

/* Reads up to "end"; *at is behind it. */
static bool read_header(struct dump *d, uint64_t *at)
{
    bool ended = false;
    *at = FIRST_LINE;
    for (d->line = 2; !ended; d->line++) {
        struct span rest = {0};
        span_from(&d->img->file, *at, &rest);
        const uint8_t *end = memchr(rest.bytes, '\n', rest.size);
        if (!end)
            return wrong(d, "the header has no line \"end\": is it truncated?");
        d->rest = (struct span){rest.bytes, (uint64_t)(end - rest.bytes), false};
        *at += d->rest.size + 1;
        if (!read_line(d, &ended))
            return false;
    }
    d->line--;
    return true;
}

static bool place_parts(struct dump *d, uint64_t at)
{
    if (d->img->file.size - at != d->size)
        return error_set(d->e, d->img->name, d->line, "behind \"end\" there are %llu bytes, not %llu",
                         (unsigned long long)(d->img->file.size - at), (unsigned long long)d->size);
    for (size_t i = 0; i < d->img->n_segments; i++) {
        d->img->segments[i].file.bytes = d->img->file.bytes + at;
        at += d->img->segments[i].file.size;
    }
    return true;
}

static bool read_dump(struct dump *d)
{
    uint64_t at;
    if (!read_header(d, &at) || !place_parts(d, at))
        return false;
    end_func(d);
    bool has_funcs = d->func_end != 0;
    if (!d->has_text || has_funcs == (d->pclntab_size != 0))
        return wrong(d, "a dump has a text, and either functions or a pclntab");
    if (has_funcs)
        return made_finish(d->img->made, d->img, d->func_end, d->version, d->e);
    if (!d->has_go_func)
        return wrong(d, "with a pclntab, \"gofunc\" and the address that funcdata is relative to");
    return made_take_tables(d->img->made, d->img, d->pclntab, d->pclntab_size, d->go_func, d->version, d->e);
}

static bool open_dump(struct image *img, struct error *e)
{
    struct dump d = {.img = img, .e = e};
    bool good = read_dump(&d);
    free(d.runs);
    free(d.encoded);
    return good;
}

const struct image_format image_dump = {"dump", is_dump, open_dump, made_section, made_symbol};
