#include "newc.h"

#include <string.h>

static void pad(FILE *out, size_t written)
{
    for (; written % 4 != 0; written++)
        fputc(0, out);
}

void newc_add(FILE *out, const struct newc_entry *e)
{
    size_t name = strlen(e->name) + 1;
    /* magic, inode, mode, owner, group, links, time, size, device, device of the node, name's size, check */
    int head = fprintf(out, "070701%08x%08x%08x%08x%08x%08x%08zx%08x%08x%08x%08x%08zx%08x", 0, e->mode, 0, 0,
                       1, 0, e->size, 0, 0, e->major, e->minor, name, 0);
    fwrite(e->name, 1, name, out);
    pad(out, (size_t)head + name);
    if (e->size > 0)
        fwrite(e->bytes, 1, e->size, out);
    pad(out, e->size);
}

void newc_end(FILE *out)
{
    newc_add(out, &(struct newc_entry){.name = "TRAILER!!!"});
}
