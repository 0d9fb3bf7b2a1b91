/* The version of Go that made a binary. After debug/buildinfo of Go 1.19: since 1.18 the string is in the
 * section, since 1.13 a pointer to it; before there is the variable runtime.buildVersion alone. */
#include "buildinfo.h"

#include <stdio.h>

#include "relocs.h"

static const char magic[] = "\xff Go buildinf:";
enum { MAGIC = sizeof magic - 1, FLAGS = 15, POINTERS = 16, INLINE = 32, IS_INLINE = 2, ALIGNMENT = 16 };

static bool is_info(const void *context, uint64_t address)
{
    struct span info = image_at(context, address);
    return info.size >= INLINE && memcmp(info.bytes, magic, MAGIC) == 0;
}

static bool find_info(const struct image *img, uint64_t *address)
{
    struct span section;
    if (image_section(img, ".go.buildinfo", address, &section) && is_info(img, *address))
        return true;
    for (size_t i = 0; i < img->n_segments; i++)
        if (!img->segments[i].executable &&
            segment_find(&img->segments[i], magic, MAGIC, ALIGNMENT, is_info, img, address))
            return true;
    return false;
}

static void set(struct gobin *bin, struct span text, uint64_t n)
{
    if (text.bytes && n <= text.size)
        snprintf(bin->version, sizeof bin->version, "%.*s",
                 n < sizeof bin->version ? (int)n : (int)sizeof bin->version - 1, (const char *)text.bytes);
}

/* The word behind "key\t" at the start of a line of n bytes of text. */
static void set_field(const char *text, uint64_t n, const char *key, char *out, size_t size)
{
    size_t length = strlen(key);
    for (uint64_t at = 0; at < n;) {
        const char *end = memchr(text + at, '\n', n - at);
        uint64_t next = end ? (uint64_t)(end - text) + 1 : n;
        if (n - at > length && memcmp(text + at, key, length) == 0 && text[at + length] == '\t') {
            uint64_t from = at + length + 1, to = from;
            while (to < n && text[to] != '\t' && text[to] != '\n')
                to++;
            snprintf(out, size, "%.*s", to - from < size ? (int)(to - from) : (int)size - 1, text + from);
            return;
        }
        at = next;
    }
}

/* What the go command says of the program (runtime/debug.ParseBuildInfo): lines between two marks of 16
 * bytes.
 */
static void set_module(struct gobin *bin, struct span text, uint64_t n)
{
    enum { MARK = 16 };
    if (!text.bytes || n > text.size || n < 2 * MARK)
        return;
    const char *lines = (const char *)text.bytes + MARK;
    set_field(lines, n - 2 * MARK, "path", bin->package, sizeof bin->package);
    set_field(lines, n - 2 * MARK, "mod", bin->module, sizeof bin->module);
}

/* A Go string variable: pointer and length. */
static void set_from_string(struct gobin *bin, uint64_t address)
{
    uint64_t at, n;
    if (image_pointer(&bin->image, address, &at) &&
        image_pointer(&bin->image, address + bin->image.pointer, &n))
        set(bin, image_at(&bin->image, at), n);
}

static void set_module_from_string(struct gobin *bin, uint64_t address)
{
    uint64_t at, n;
    if (image_pointer(&bin->image, address, &at) &&
        image_pointer(&bin->image, address + bin->image.pointer, &n))
        set_module(bin, image_at(&bin->image, at), n);
}

/* A string with its length in front of it, as a varint (since Go 1.18). Returns where the next one begins, or
 * 0.
 */
static uint64_t inline_string(struct span info, uint64_t at, struct span *text, uint64_t *n)
{
    unsigned shift = 0;
    *n = 0;
    for (; at < info.size && shift < 35; shift += 7) {
        uint64_t byte = span_get(&info, at++, 1);
        *n |= (byte & 0x7f) << shift;
        if (byte < 0x80)
            return span_from(&info, at, text) && *n <= text->size ? at + *n : 0;
    }
    return 0;
}

/* The 19 and the 8 of "go1.19.8". Release candidates and development versions are before patch 1. */
static void set_numbers(struct gobin *bin)
{
    const char *at = strstr(bin->version, "go1.");
    bin->minor = -1;
    bin->patch = 0;
    if (at)
        sscanf(at, "go1.%2d.%3d", &bin->minor, &bin->patch);
}

bool version_has(const struct gobin *bin, const struct first_patch *first, int n)
{
    for (int i = 0; i < n - 1; i++)
        if (bin->minor == first[i].minor)
            return bin->patch >= first[i].patch;
    return bin->minor > first[n - 1].minor ||
           (bin->minor == first[n - 1].minor && bin->patch >= first[n - 1].patch);
}

void find_version(struct gobin *bin)
{
    uint64_t address, size;
    if (find_info(&bin->image, &address)) {
        struct span info = image_at(&bin->image, address);
        struct span text;
        uint64_t n, next;
        if (span_get(&info, FLAGS, 1) & IS_INLINE) {
            if ((next = inline_string(info, INLINE, &text, &n)) != 0) {
                set(bin, text, n);
                if (inline_string(info, next, &text, &n))
                    set_module(bin, text, n);
            }
        } else {
            uint64_t of_version, of_module;
            if (image_pointer(&bin->image, address + POINTERS, &of_version))
                set_from_string(bin, of_version);
            if (image_pointer(&bin->image, address + POINTERS + bin->image.pointer, &of_module))
                set_module_from_string(bin, of_module);
        }
    }
    if (!*bin->version && image_symbol(&bin->image, "runtime.buildVersion", &address, &size))
        set_from_string(bin, address);
    set_numbers(bin);
}
