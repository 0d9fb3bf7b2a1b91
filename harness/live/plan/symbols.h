/* The functions that an ELF file's symbols name. Host only. */
#ifndef EVERYPC_LIVE_SYMBOLS_H
#define EVERYPC_LIVE_SYMBOLS_H

#include "asm/error.h"
#include "go/binary/image.h"

struct symbol {
    const char *name; /* in the file */
    uint64_t entry, end;
    bool foreign; /* in another instruction set than the target's own: its value is no address of one there */
};

struct symbols {
    struct symbol *all; /* by entry; several may have the same */
    size_t n;
};

/* Of .symtab, or of .dynsym where that is gone. False and one line in *e: it has none, or there is no memory.
 */
bool symbols_read(const struct image *img, struct symbols *out, struct error *e);
void symbols_free(struct symbols *s);
/* The first one of that name, or at that entry; null if there is none. */
const struct symbol *symbols_named(const struct symbols *s, const char *name, size_t length);
const struct symbol *symbols_at(const struct symbols *s, uint64_t entry);

#endif
