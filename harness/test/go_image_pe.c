/* The PE file around Go's tables (go_image_parts.h): what is at an offset is at the same offset from the
 * image base. Two sections to load, as Go's linker has more of; the tables have a section of their own with a
 * long name, which is not loaded, so that the reader can be asked for it. */
#include "go_image_parts.h"

#include <elf.h>
#include <string.h>

enum { DOS = 0x40, COFF = 24, SECTION = 40, N_SECTIONS = 3, TEXT = 0x20000020, DATA = 0x40000040 };
enum { DISCARDABLE = 0x02000000, LONG_NAME = 4 /* the strings begin with it */ };
static const char tables[] = ".gopclntab";

static size_t optional_size(const struct writer *w)
{
    return w->word == 8 ? 112 : 96;
}

static void put_header(struct writer *w)
{
    put_bytes(w, "MZ", 2);
    w->img.n = DOS - 4;
    put(w, 4, DOS);
    w->img.programs = DOS + COFF + optional_size(w);
    w->img.n = w->img.programs + N_SECTIONS * SECTION;
}

static unsigned machine(const struct writer *w)
{
    switch (w->img.options.machine) {
    case EM_X86_64:
        return 0x8664;
    case EM_386:
        return 0x14c;
    case EM_AARCH64:
        return 0xaa64;
    default:
        return 0x1c4; /* ARM */
    }
}

static void put_sections(struct writer *w, size_t end_pclntab)
{
    struct go_symbol symbols[MAX_SYMBOLS];
    size_t n = list_symbols(w, symbols), name = LONG_NAME + sizeof tables;
    (void)end_pclntab;
    w->symbols = w->strings = 0;
    if (w->img.options.no_symbols)
        return;
    w->symbols = w->img.n;
    for (size_t i = 0; i < n; i++) {
        bool is_text = symbols[i].at < w->end_text;
        put(w, 4, 0);
        put(w, 4, name);
        put(w, 4, symbols[i].at - (is_text ? w->img.text : w->end_text));
        put(w, 2, is_text ? 1 : 2);
        put(w, 2, 0);
        put(w, 1, 2);
        put(w, 1, 0);
        name += strlen(symbols[i].name) + 1;
    }
    w->strings = w->img.n;
    put(w, 4, name);
    put_string(w, tables);
    for (size_t i = 0; i < n; i++)
        put_string(w, symbols[i].name);
}

static void put_section(struct writer *w, const char *name, size_t from, size_t to, uint32_t flags)
{
    char bytes[8] = "";
    memcpy(bytes, name, strlen(name));
    put_bytes(w, bytes, sizeof bytes);
    put(w, 4, to - from);
    put(w, 4, from);
    put(w, 4, to - from);
    put(w, 4, from);
    w->img.n += 12;
    put(w, 4, flags);
}

static void put_programs(struct writer *w, size_t end_pclntab, size_t dynamic, size_t end_dynamic)
{
    size_t end = w->img.n, optional = DOS + COFF;
    (void)dynamic, (void)end_dynamic;
    w->img.n = DOS;
    put_bytes(w, "PE\0", 4);
    put(w, 2, machine(w));
    put(w, 2, w->strings ? N_SECTIONS : N_SECTIONS - 1);
    put(w, 4, 0);
    put(w, 4, w->symbols);
    put(w, 4, w->symbols ? (w->strings - w->symbols) / 18 : 0);
    put(w, 2, optional_size(w));
    put(w, 2, 0x22);
    put(w, 2, w->word == 8 ? 0x20b : 0x10b);
    w->img.n = optional + (w->word == 8 ? 24 : 28);
    put(w, w->word, BASE);
    w->img.n = w->img.programs;
    put_section(w, ".text", w->img.text, w->end_text, TEXT);
    put_section(w, ".data", w->end_text, w->end_data, DATA);
    if (w->strings)
        put_section(w, "/4", w->img.pclntab, end_pclntab, DATA | DISCARDABLE);
    w->img.n = end;
}

const struct file_format pe_file = {put_header, put_sections, put_programs};
