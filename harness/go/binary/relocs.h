/* Pointers in an image as the dynamic loader leaves them. A position-independent Go binary's tables of
 * pointers are nothing but relocations where the ABI keeps addends beside them (RELA), or links of
 * chains where Apple's linker made the file; elsewhere the file holds the value itself. */
#ifndef EVERYPC_GO_RELOCS_H
#define EVERYPC_GO_RELOCS_H

#include "image.h"

/* Reads an open image's relocations, for the two below. False and one line in *e. */
bool image_read_relocs(struct image *img, struct error *e);
/* A pointer in memory, as the loader leaves it in a binary loaded at 0; false if the file does not hold it.
 */
bool image_pointer(const struct image *img, uint64_t address, uint64_t *v);
/* Looks for a pointer of that value in data. */
bool image_find_pointer(const struct image *img, uint64_t value, image_match_fn *is_it, const void *context,
                        uint64_t *address);

#endif
