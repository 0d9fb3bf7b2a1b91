/* Chained fixups of Mach-O: pointers that Apple's linker leaves as links of chains, one a page, for dyld to
 * walk. After <mach-o/fixup-chains.h>. Internal to relocs.c. */
#ifndef EVERYPC_GO_CHAINED_H
#define EVERYPC_GO_CHAINED_H

#include "image.h"

/* Gives each pointer that dyld only moves: its address, and the value that it has where the file is loaded as
 * linked. Those that it binds to other libraries' symbols are left out. False and one line in *e if the
 * chains are damaged or of a kind that is not read, which the line names. */
typedef bool chained_fn(void *context, uint64_t address, uint64_t value);
bool chained_fixups(const struct image *img, chained_fn *give, void *context, struct error *e);

#endif
