/* PE, the format of Windows executables, as far as a reader of Go binaries needs it. After Microsoft's "PE
 * Format" and cmd/link/internal/ld/pe.go of Go 1.19 and 1.27. Pointers in the file hold what they are where
 * it is loaded at the address that it names, so that its base relocations are not needed. */
#include "image_format.h"

#include <stdlib.h>

/* clang-format off */
enum {
    /* where the DOS header says where the PE header is; offsets from that */
    DOS_PE = 0x3c, DOS_SIZE = 0x40,
    PE_SIGNATURE = 0x4550, PE_MACHINE = 4, PE_N_SECTIONS = 6, PE_SYMBOLS = 12, PE_N_SYMBOLS = 16,
    PE_OPTIONAL_SIZE = 20, PE_OPTIONAL = 24,
    /* offsets from the optional header */
    PE32 = 0x10b, PE32_PLUS = 0x20b, PE32_BASE = 28, PE32_PLUS_BASE = 24, OPTIONAL_LEAST = 32,
    /* a section's header */
    SECTION = 40, SECTION_NAME = 8, SECTION_VIRTUAL_SIZE = 8, SECTION_ADDRESS = 12, SECTION_SIZE = 16,
    SECTION_OFFSET = 20, SECTION_FLAGS = 36, FLAG_DISCARDABLE = 0x02000000, FLAG_EXECUTE = 0x20000000,
    /* a symbol */
    SYMBOL = 18, SYMBOL_NAME = 8, SYMBOL_VALUE = 8, SYMBOL_SECTION = 12, SYMBOL_MORE = 17,
};
/* clang-format on */

static bool is_pe(const struct span *file)
{
    return file->size >= DOS_SIZE && memcmp(file->bytes, "MZ", 2) == 0;
}

static bool is_target(const struct target *t, const void *context)
{
    return t->pe_machine == *(const uint32_t *)context;
}

/* A section's number counts from 0. */
static uint64_t section_field(const struct image *img, uint64_t number, unsigned field)
{
    return span_get(&img->headers, number * SECTION + field, 4);
}

/* The bytes of a section that are both in the file and in memory. */
static uint64_t section_size(const struct image *img, uint64_t number)
{
    uint64_t size = section_field(img, number, SECTION_SIZE),
             in_memory = section_field(img, number, SECTION_VIRTUAL_SIZE);
    return in_memory && in_memory < size ? in_memory : size;
}

static bool find_sections(struct image *img, const struct span *pe, struct error *e)
{
    uint64_t at = PE_OPTIONAL + span_get(pe, PE_OPTIONAL_SIZE, 2), n = span_get(pe, PE_N_SECTIONS, 2);
    if (!span_from(pe, at, &img->headers) || img->headers.size < n * SECTION)
        return error_set(e, img->name, 0, "its section headers are not all in the file: is it truncated?");
    img->headers.size = n * SECTION;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t flags = section_field(img, i, SECTION_FLAGS), size = section_size(img, i);
        struct segment s = {.address = img->base + section_field(img, i, SECTION_ADDRESS),
                            .executable = flags & FLAG_EXECUTE};
        /* Debugging information and relocations are not there when it runs. */
        if (size == 0 || flags & FLAG_DISCARDABLE)
            continue;
        if (!image_add_segment(img, "section", i, &s, section_field(img, i, SECTION_OFFSET), size, e))
            return false;
    }
    return true;
}

/* The strings lie behind the symbols; offsets count from their size in front of them. */
static void find_symbols(struct image *img, const struct span *pe)
{
    uint64_t at = span_get(pe, PE_SYMBOLS, 4), n = span_get(pe, PE_N_SYMBOLS, 4);
    if (at == 0 || !image_file_part(img, at, n * SYMBOL, &img->symbols))
        img->symbols = (struct span){0};
    else
        span_from(&img->file, at + n * SYMBOL, &img->strings);
}

static bool open_pe(struct image *img, struct error *e)
{
    uint64_t at = span_get(&img->file, DOS_PE, 4);
    struct span pe;
    if (!span_from(&img->file, at, &pe) || pe.size < PE_OPTIONAL || span_get(&pe, 0, 4) != PE_SIGNATURE)
        return error_set(e, img->name, 0, "there is no PE header where its DOS header says (+0x%llx)",
                         (unsigned long long)at);
    uint32_t machine = (uint32_t)span_get(&pe, PE_MACHINE, 2);
    if (machine == 0 || !image_set_target(img, is_target, &machine))
        return error_set(e, img->name, 0, "PE machine 0x%x is not one of the targets", (unsigned)machine);
    uint64_t kind = span_get(&pe, PE_OPTIONAL, 2);
    if (span_get(&pe, PE_OPTIONAL_SIZE, 2) < OPTIONAL_LEAST || kind != (img->pointer == 8 ? PE32_PLUS : PE32))
        return error_set(e, img->name, 0,
                         "its optional header (kind 0x%x) is not that of an executable for %s",
                         (unsigned)kind, img->target->name);
    img->base = kind == PE32_PLUS ? span_get(&pe, PE_OPTIONAL + PE32_PLUS_BASE, 8)
                                  : span_get(&pe, PE_OPTIONAL + PE32_BASE, 4);
    find_symbols(img, &pe);
    return find_sections(img, &pe, e);
}

/* A name of up to 8 bytes, without a zero if it has 8; null if the file does not hold it all. */
static const char *short_name(const struct span *table, uint64_t at, char out[SYMBOL_NAME + 1])
{
    struct span name;
    if (!span_from(table, at, &name) || name.size < SYMBOL_NAME)
        return NULL;
    memcpy(out, name.bytes, SYMBOL_NAME);
    out[SYMBOL_NAME] = 0;
    return out;
}

static bool section(const struct image *img, const char *name, uint64_t *address, struct span *bytes)
{
    char buffer[SECTION_NAME + 1];
    for (uint64_t i = 0; (i + 1) * SECTION <= img->headers.size; i++) {
        const char *n = short_name(&img->headers, i * SECTION, buffer);
        if (n && *n == '/') /* "/123": in the strings */
            n = span_string(&img->strings, strtoul(n + 1, NULL, 10));
        if (!n || strcmp(n, name) != 0 ||
            !image_file_part(img, section_field(img, i, SECTION_OFFSET), section_size(img, i), bytes))
            continue;
        *address = img->base + section_field(img, i, SECTION_ADDRESS);
        return true;
    }
    return false;
}

static bool symbol(const struct image *img, const char *name, uint64_t *address, uint64_t *size)
{
    char buffer[SYMBOL_NAME + 1];
    for (uint64_t at = 0; at + SYMBOL <= img->symbols.size;
         at += SYMBOL * (1 + span_get(&img->symbols, at + SYMBOL_MORE, 1))) {
        bool is_long = span_get(&img->symbols, at, 4) == 0;
        const char *n = is_long ? span_string(&img->strings, span_get(&img->symbols, at + 4, 4))
                                : short_name(&img->symbols, at, buffer);
        /* 0: defined elsewhere; from 0x8000 on no section's. */
        uint64_t number = span_get(&img->symbols, at + SYMBOL_SECTION, 2) - 1;
        if (!image_is_symbol(n, name) || number >= img->headers.size / SECTION)
            continue;
        *address = img->base + section_field(img, number, SECTION_ADDRESS) +
                   span_get(&img->symbols, at + SYMBOL_VALUE, 4);
        *size = 0;
        return true;
    }
    return false;
}

const struct image_format image_pe = {"PE", is_pe, open_pe, section, symbol};
