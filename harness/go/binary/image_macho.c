/* Mach-O, the format of macOS's and iOS's executables, as far as a reader of Go binaries needs it. After
 * <mach-o/loader.h>, <mach-o/nlist.h> and cmd/link/internal/ld/macho.go of Go 1.19 and 1.27. Pointers hold
 * their values in the file where Go's own linker made it; Apple's may leave chains of fixups instead
 * (chained.h). */
#include "image_format.h"

/* clang-format off */
/* As little-endian numbers. */
static const uint32_t MAGIC_32 = 0xfeedface, MAGIC_64 = 0xfeedfacf, MAGIC_FAT = 0xbebafeca,
                      LC_DYLD_CHAINED_FIXUPS = 0x80000034;
enum {
    CPU = 4, N_COMMANDS = 16, COMMANDS_SIZE = 20, HEADER_32 = 28, HEADER_64 = 32,
    /* load commands, which begin with their number and their size */
    COMMAND = 8, LC_SEGMENT = 1, LC_SYMTAB = 2, LC_SEGMENT_64 = 0x19,
    FIXUPS_OFFSET = 8, FIXUPS_SIZE = 12, FIXUPS_COMMAND = 16,
    SYMTAB_OFFSET = 8, SYMTAB_N = 12, SYMTAB_STRINGS = 16, SYMTAB_STRINGS_SIZE = 20, SYMTAB_COMMAND = 24,
    NAME = 16, SEGMENT_NAME = 8, SEGMENT_FIELDS = 24, EXECUTE = 4,
    SECTION_FIELDS = 32,
    N_TYPE = 0x0e, N_SECT = 0x0e, N_STAB = 0xe0, /* of a symbol's type */
};
/* clang-format on */

/* Sizes and places that depend on the width of an address. */
struct widths {
    uint32_t header, segment_command, segment, section, symbol;
};
static const struct widths narrow = {HEADER_32, LC_SEGMENT, 56, 68, 12},
                           wide = {HEADER_64, LC_SEGMENT_64, 72, 80, 16};

static const struct widths *widths(const struct image *img)
{
    return img->pointer == 8 ? &wide : &narrow;
}

static bool is_macho(const struct span *file)
{
    uint64_t magic = span_get(file, 0, 4);
    return magic == MAGIC_32 || magic == MAGIC_64 || magic == MAGIC_FAT;
}

static bool is_target(const struct target *t, const void *context)
{
    return t->macho_cpu == *(const uint32_t *)context;
}

/* The load command at an offset, which is moved behind it; false at the end, or where one is damaged. */
static bool next_command(const struct image *img, uint64_t *at, struct span *command)
{
    uint64_t size = span_get(&img->headers, *at + 4, 4);
    if (size < COMMAND || !span_from(&img->headers, *at, command) || command->size < size)
        return false;
    command->size = size;
    *at += size;
    return true;
}

static uint64_t segment_field(const struct image *img, const struct span *command, unsigned i)
{
    return span_get(command, SEGMENT_FIELDS + i * img->pointer, img->pointer);
}

/* Debugging information is not there when it runs; what the dynamic linker reads is nothing of the program's.
 */
static bool is_loaded(const struct image *img, const struct span *command)
{
    char name[NAME + 1] = "";
    memcpy(name, command->bytes + SEGMENT_NAME, NAME);
    return segment_field(img, command, 3) > 0 && strcmp(name, "__DWARF") != 0 &&
           strcmp(name, "__LINKEDIT") != 0;
}

static bool add_segment(struct image *img, size_t i, const struct span *command, struct error *e)
{
    if (command->size < widths(img)->segment)
        return error_set(e, img->name, 0, "load command %zu is too short for a segment", i);
    if (!is_loaded(img, command))
        return true;
    if (span_get(command, SEGMENT_FIELDS + 2 * img->pointer, img->pointer) == 0) /* the file's start */
        img->base = segment_field(img, command, 0);
    unsigned protection = SEGMENT_FIELDS + 4 * img->pointer + 4; /* behind the most that it may be given */
    struct segment s = {.address = segment_field(img, command, 0),
                        .executable = span_get(command, protection, 4) & EXECUTE};
    return image_add_segment(img, "segment", i, &s, segment_field(img, command, 2),
                             segment_field(img, command, 3), e);
}

static void find_symbols(struct image *img, const struct span *command)
{
    uint64_t n = span_get(command, SYMTAB_N, 4);
    if (command->size < SYMTAB_COMMAND ||
        !image_file_part(img, span_get(command, SYMTAB_OFFSET, 4), n * widths(img)->symbol, &img->symbols) ||
        !image_file_part(img, span_get(command, SYMTAB_STRINGS, 4), span_get(command, SYMTAB_STRINGS_SIZE, 4),
                         &img->strings))
        img->symbols = img->strings = (struct span){0};
}

static bool find_fixups(struct image *img, const struct span *command, struct error *e)
{
    if (command->size >= FIXUPS_COMMAND && image_file_part(img, span_get(command, FIXUPS_OFFSET, 4),
                                                           span_get(command, FIXUPS_SIZE, 4), &img->fixups))
        return true;
    return error_set(e, img->name, 0, "its chained fixups are not all in the file: is it truncated?");
}

static bool read_commands(struct image *img, uint64_t n, struct error *e)
{
    uint64_t at = 0;
    for (uint64_t i = 0; i < n; i++) {
        struct span command;
        if (!next_command(img, &at, &command))
            return error_set(e, img->name, 0, "load command %llu is damaged", (unsigned long long)i);
        uint64_t number = span_get(&command, 0, 4);
        if (number == widths(img)->segment_command && !add_segment(img, i, &command, e))
            return false;
        if (number == LC_SYMTAB)
            find_symbols(img, &command);
        if (number == LC_DYLD_CHAINED_FIXUPS && !find_fixups(img, &command, e))
            return false;
    }
    return true;
}

static bool open_macho(struct image *img, struct error *e)
{
    uint64_t magic = span_get(&img->file, 0, 4);
    if (magic == MAGIC_FAT)
        return error_set(e, img->name, 0,
                         "a universal binary, or a Java class: take one architecture out of it, by "
                         "`lipo -thin`");
    uint32_t cpu = (uint32_t)span_get(&img->file, CPU, 4);
    if (cpu == 0 || !image_set_target(img, is_target, &cpu) ||
        magic != (img->pointer == 8 ? MAGIC_64 : MAGIC_32))
        return error_set(e, img->name, 0, "Mach-O CPU type 0x%x is not one of the targets", (unsigned)cpu);
    uint64_t size = span_get(&img->file, COMMANDS_SIZE, 4);
    if (!image_file_part(img, widths(img)->header, size, &img->headers))
        return error_set(e, img->name, 0, "its load commands are not all in the file: is it truncated?");
    return read_commands(img, span_get(&img->file, N_COMMANDS, 4), e);
}

/* Whether a section's name is what this one of ELF is called here: ".go.buildinfo" is "__go_buildinfo". */
static bool is_named(const struct span *header, const char *name)
{
    char expected[NAME + 2] = "__";
    size_t n = strlen(name);
    if (header->size < NAME || *name != '.' || n + 1 > NAME)
        return false;
    for (size_t i = 1; i <= n; i++)
        expected[i + 1] = name[i] == '.' ? '_' : name[i];
    return strncmp((const char *)header->bytes, expected, NAME) == 0;
}

/* In a segment's command, the sections' headers lie behind its own. */
static bool section_of(const struct image *img, const struct span *command, const char *name,
                       uint64_t *address, struct span *bytes)
{
    const struct widths *w = widths(img);
    struct span header;
    for (uint64_t at = w->segment; span_from(command, at, &header) && header.size >= w->section;
         at += w->section) {
        if (!is_named(&header, name))
            continue;
        *address = span_get(&header, SECTION_FIELDS, img->pointer);
        uint64_t size = span_get(&header, SECTION_FIELDS + img->pointer, img->pointer);
        return image_file_part(img, span_get(&header, SECTION_FIELDS + 2 * img->pointer, 4), size, bytes);
    }
    return false;
}

static bool section(const struct image *img, const char *name, uint64_t *address, struct span *bytes)
{
    struct span command;
    for (uint64_t at = 0; next_command(img, &at, &command);)
        if (span_get(&command, 0, 4) == widths(img)->segment_command &&
            section_of(img, &command, name, address, bytes))
            return true;
    return false;
}

static bool symbol(const struct image *img, const char *name, uint64_t *address, uint64_t *size)
{
    uint32_t entry = widths(img)->symbol;
    for (uint64_t at = 0; at + entry <= img->symbols.size; at += entry) { /* name, type, ..., value */
        uint64_t type = span_get(&img->symbols, at + 4, 1);
        if ((type & N_TYPE) != N_SECT || type & N_STAB ||
            !image_is_symbol(span_string(&img->strings, span_get(&img->symbols, at, 4)), name))
            continue;
        *address = span_get(&img->symbols, at + 8, img->pointer);
        *size = 0;
        return true;
    }
    return false;
}

const struct image_format image_macho = {"Mach-O", is_macho, open_macho, section, symbol};
