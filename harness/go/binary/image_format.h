/* What a reader of one format of executables provides, and what it builds on. Internal to image.c and its
 * readers. */
#ifndef EVERYPC_GO_IMAGE_FORMAT_H
#define EVERYPC_GO_IMAGE_FORMAT_H

#include "image.h"

struct image_format {
    const char *name; /* "ELF" */
    bool (*is)(const struct span *file);
    /* Fills in everything of an image whose file is set. False and one line in *e. */
    bool (*open)(struct image *img, struct error *e);
    bool (*section)(const struct image *img, const char *name, uint64_t *address, struct span *bytes);
    bool (*symbol)(const struct image *img, const char *name, uint64_t *address, uint64_t *size);
};
extern const struct image_format image_elf, image_pe, image_macho, image_object, image_dump;

/* Sets the image's target to the first one that `is_it` takes, and with it pointer size and byte order. */
typedef bool target_match_fn(const struct target *t, const void *context);
bool image_set_target(struct image *img, target_match_fn *is_it, const void *context);

/* The part of the file that a header describes; false if it isn't all there. */
bool image_file_part(const struct image *img, uint64_t offset, uint64_t size, struct span *out);
/* Adds a segment, number `i` of the file's `what`, such as "segment"; false and one line in *e. */
bool image_add_segment(struct image *img, const char *what, size_t i, const struct segment *s,
                       uint64_t offset, uint64_t size, struct error *e);
/* Whether a symbol's name is this one. Some linkers put an underscore in front of C's names, or of all. */
bool image_is_symbol(const char *found, const char *name);

#endif
