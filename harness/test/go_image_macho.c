/* The Mach-O file around Go's tables (go_image_parts.h): two segments to load, two sections in the second
 * one, and symbols. */
#include "go_image_parts.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

enum { WIDE = 0x01000000, LC_SEGMENT = 1, LC_SEGMENT_64 = 0x19, LC_SYMTAB = 2, SYMTAB = 24, N_SECT = 0x0e };
enum { PAGE = 0x1000, START_NONE = 0xffff, CHAINED_PTR_64_OFFSET = 6, FIXUPS = 16 };
static const uint32_t LC_DYLD_CHAINED_FIXUPS = 0x80000034;

static size_t segment_size(const struct writer *w, int n_sections)
{
    return w->word == 8 ? 72 + 80 * (size_t)n_sections : 56 + 68 * (size_t)n_sections;
}

static size_t commands_size(const struct writer *w)
{
    return segment_size(w, 0) + segment_size(w, 2) + SYMTAB + (w->img.options.chained ? FIXUPS : 0);
}

static uint32_t cpu(const struct writer *w)
{
    bool is_arm = w->img.options.machine == EM_ARM || w->img.options.machine == EM_AARCH64;
    return (is_arm ? 12 : 7) | (w->word == 8 ? WIDE : 0);
}

static void put_header(struct writer *w)
{
    put(w, 4, w->word == 8 ? 0xfeedfacf : 0xfeedface);
    put(w, 4, cpu(w));
    put(w, 4, 0);
    put(w, 4, 2); /* an executable */
    put(w, 4, w->img.options.chained ? 4 : 3);
    put(w, 4, commands_size(w));
    put(w, w->word, 0);
    w->img.programs = w->img.n;
    w->img.n += commands_size(w);
}

static int by_place(const void *a, const void *b)
{
    const size_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Makes links of all pointers: target, distance to the next one in quanta of 4 bytes (bit 51). */
static void make_links(struct writer *w)
{
    for (size_t i = 0; i < w->n_pointers; i++) {
        size_t at = w->pointers[i], next = i + 1 < w->n_pointers ? w->pointers[i + 1] : 0;
        bool same_page = next && (next - w->end_text) / PAGE == (at - w->end_text) / PAGE;
        uint64_t target =
            go_image_get(&w->img, at, 8) - (w->img.options.chained == CHAINED_PTR_64_OFFSET ? BASE : 0);
        go_image_set(&w->img, at, 8, target | (same_page ? (uint64_t)(next - at) / 4 << 51 : 0));
    }
}

/* The header, starts of two segments of which the first has none, and those of the second by pages. */
void put_chains(struct writer *w)
{
    size_t n_pages = (w->end_data - w->end_text + PAGE - 1) / PAGE, k = 0;
    qsort(w->pointers, w->n_pointers, sizeof *w->pointers, by_place);
    make_links(w);
    align(w, 8);
    w->img.chains = w->img.n;
    const uint32_t header[] = {0, 28, 0, 0, 0, 1, 0, 2, 0, 12};
    for (size_t i = 0; i < sizeof header / sizeof *header; i++)
        put(w, 4, header[i]);
    put(w, 4, 22 + 2 * n_pages);
    put(w, 2, PAGE);
    put(w, 2, w->img.options.chained);
    put(w, 8, w->end_text);
    put(w, 4, 0);
    put(w, 2, n_pages);
    for (size_t page = 0; page < n_pages; page++) {
        size_t from = w->end_text + page * PAGE;
        bool any = k < w->n_pointers && w->pointers[k] < from + PAGE;
        put(w, 2, any ? w->pointers[k] - from : START_NONE);
        while (k < w->n_pointers && w->pointers[k] < from + PAGE)
            k++;
    }
}

static void put_sections(struct writer *w, size_t end_pclntab)
{
    struct go_symbol symbols[MAX_SYMBOLS];
    size_t n = list_symbols(w, symbols), name = 1;
    (void)end_pclntab;
    if (w->img.options.no_symbols)
        return;
    align(w, 8);
    w->symbols = w->img.n;
    for (size_t i = 0; i < n; i++) {
        put(w, 4, name);
        put(w, 1, N_SECT);
        put(w, 1, 1);
        put(w, 2, 0);
        put(w, w->word, BASE + symbols[i].at);
        name += strlen(symbols[i].name) + 2;
    }
    w->strings = w->img.n;
    put(w, 1, 0);
    for (size_t i = 0; i < n; i++) { /* as the system's linker has them */
        put(w, 1, '_');
        put_string(w, symbols[i].name);
    }
}

static void put_name(struct writer *w, const char *name)
{
    char bytes[16] = "";
    memcpy(bytes, name, strlen(name));
    put_bytes(w, bytes, sizeof bytes);
}

static void put_segment(struct writer *w, const char *name, size_t from, size_t to, int protection,
                        int n_sections)
{
    put(w, 4, w->word == 8 ? LC_SEGMENT_64 : LC_SEGMENT);
    put(w, 4, segment_size(w, n_sections));
    put_name(w, name);
    put(w, w->word, BASE + from);
    put(w, w->word, to - from);
    put(w, w->word, from);
    put(w, w->word, to - from);
    put(w, 4, 7);
    put(w, 4, (uint64_t)protection);
    put(w, 4, (uint64_t)n_sections);
    put(w, 4, 0);
}

static void put_section(struct writer *w, const char *name, size_t from, size_t to)
{
    put_name(w, name);
    put_name(w, "__DATA");
    put(w, w->word, BASE + from);
    put(w, w->word, to - from);
    put(w, 4, from);
    w->img.n += 5 * 4 + w->word;
}

static void put_programs(struct writer *w, size_t end_pclntab, size_t dynamic, size_t end_dynamic)
{
    const struct go_options *o = &w->img.options;
    size_t end = w->img.n;
    bool info = !o->no_sections && !o->no_build_info;
    (void)dynamic, (void)end_dynamic;
    w->img.n = w->img.programs;
    put_segment(w, "__TEXT", 0, w->end_text, 5, 0);
    put_segment(w, "__DATA", w->end_text, w->end_data, 3, 2);
    put_section(w, o->no_sections ? "" : "__gopclntab", w->img.pclntab, end_pclntab);
    put_section(w, info ? "__go_buildinfo" : "", w->img.build_info, w->end_data);
    put(w, 4, LC_SYMTAB);
    put(w, 4, SYMTAB);
    put(w, 4, w->symbols);
    put(w, 4, w->symbols ? (w->strings - w->symbols) / (w->word + 8) : 0);
    put(w, 4, w->strings);
    put(w, 4, w->strings ? end - w->strings : 0);
    if (o->chained) {
        put(w, 4, LC_DYLD_CHAINED_FIXUPS);
        put(w, 4, FIXUPS);
        put(w, 4, w->img.chains);
        put(w, 4, end - w->img.chains);
    }
    w->img.n = end;
}

const struct file_format macho_file = {put_header, put_sections, put_programs};
