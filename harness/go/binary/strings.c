/* Go string variables in data. */
#include "gobin_fields.h"
#include "relocs.h"

#include <string.h>

/* Whether a string variable at an address has this text. */
struct wanted {
    const struct image *img;
    const char *text;
    uint64_t n;
};

static bool is_string(const struct wanted *w, uint64_t address)
{
    uint64_t at, n;
    const uint8_t *bytes;
    return image_pointer(w->img, address + w->img->pointer, &n) && n == w->n &&
           image_pointer(w->img, address, &at) && (bytes = image_bytes(w->img, at, n)) != NULL &&
           memcmp(bytes, w->text, n) == 0;
}

bool gobin_find_string(const struct gobin *bin, const char *text, uint64_t *address)
{
    struct wanted w = {&bin->image, text, strlen(text)};
    unsigned word = bin->image.pointer;
    for (size_t i = 0; i < bin->image.n_segments; i++) {
        const struct segment *s = &bin->image.segments[i];
        if (s->executable)
            continue;
        for (uint64_t at = (s->address + word - 1) & -(uint64_t)word;
             at + 2 * word <= s->address + s->file.size; at += word)
            if (span_get(&s->file, at + word - s->address, word) == w.n && is_string(&w, at)) {
                *address = at;
                return true;
            }
    }
    return false;
}
