/* What the readers of formats build on: see image_format.h. */
#include "image_format.h"

#include <string.h>

#define TARGET(name) &target_##name,
static const struct target *const targets[] = {ALL_TARGETS};
enum { N_TARGETS = sizeof targets / sizeof *targets };

bool image_set_target(struct image *img, target_match_fn *is_it, const void *context)
{
    for (int i = 0; i < N_TARGETS; i++) {
        if (!is_it(targets[i], context))
            continue;
        img->target = targets[i];
        img->pointer = targets[i]->word;
        img->file.big_endian = targets[i]->big_endian;
        return true;
    }
    return false;
}

bool image_file_part(const struct image *img, uint64_t offset, uint64_t size, struct span *out)
{
    if (!span_from(&img->file, offset, out) || out->size < size)
        return false;
    out->size = size;
    return true;
}

bool image_add_segment(struct image *img, const char *what, size_t i, const struct segment *s,
                       uint64_t offset, uint64_t size, struct error *e)
{
    struct segment one = *s;
    if (img->n_segments == MAX_SEGMENTS)
        return error_set(e, img->name, 0, "it has more than %d segments to load", MAX_SEGMENTS);
    if (!image_file_part(img, offset, size, &one.file))
        return error_set(e, img->name, 0, "%s %zu ends past the end of the file: is it truncated?", what, i);
    if (s->address + size < s->address)
        return error_set(e, img->name, 0, "%s %zu goes beyond the end of the address space", what, i);
    img->segments[img->n_segments++] = one;
    return true;
}

bool image_is_symbol(const char *found, const char *name)
{
    return found && (strcmp(found, name) == 0 || (*found == '_' && strcmp(found + 1, name) == 0));
}
