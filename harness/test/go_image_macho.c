/* The Mach-O file around Go's tables (go_image_parts.h): two segments to load, two sections in the second
 * one, and symbols. */
#include "go_image_parts.h"

#include <elf.h>
#include <string.h>

enum { WIDE = 0x01000000, LC_SEGMENT = 1, LC_SEGMENT_64 = 0x19, LC_SYMTAB = 2, SYMTAB = 24, N_SECT = 0x0e };

static size_t segment_size(const struct writer *w, int n_sections)
{
    return w->word == 8 ? 72 + 80 * (size_t)n_sections : 56 + 68 * (size_t)n_sections;
}

static size_t commands_size(const struct writer *w)
{
    return segment_size(w, 0) + segment_size(w, 2) + SYMTAB;
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
    put(w, 4, 3);
    put(w, 4, commands_size(w));
    put(w, w->word, 0);
    w->img.programs = w->img.n;
    w->img.n += commands_size(w);
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
    w->img.n = end;
}

const struct file_format macho_file = {put_header, put_sections, put_programs};
