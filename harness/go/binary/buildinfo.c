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

/* A Go string variable: pointer and length. */
static void set_from_string(struct gobin *bin, uint64_t address)
{
    uint64_t at, n;
    if (image_pointer(&bin->image, address, &at) &&
        image_pointer(&bin->image, address + bin->image.pointer, &n))
        set(bin, image_at(&bin->image, at), n);
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
        if (!(span_get(&info, FLAGS, 1) & IS_INLINE)) {
            if (image_pointer(&bin->image, address + POINTERS, &address))
                set_from_string(bin, address);
        } else if (span_get(&info, INLINE, 1) < 0x80) { /* a varint */
            struct span text = {0};
            span_from(&info, INLINE + 1, &text);
            set(bin, text, span_get(&info, INLINE, 1));
        }
    }
    if (!*bin->version && image_symbol(&bin->image, "runtime.buildVersion", &address, &size))
        set_from_string(bin, address);
    set_numbers(bin);
}
