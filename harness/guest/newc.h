/* Writes an archive that a kernel unpacks as its first file system: cpio's "newc" format
 * (Documentation/driver-api/early-userspace/buffer-format.rst of Linux). */
#ifndef EVERYPC_GUEST_NEWC_H
#define EVERYPC_GUEST_NEWC_H

#include <stdio.h>

/* An entry of the archive: its mode with the file type, as stat(2) has it; the numbers of a device; its
 * contents. The name has no slash at its beginning. */
struct newc_entry {
    const char *name;
    unsigned mode, major, minor;
    const void *bytes;
    size_t size;
};

void newc_add(FILE *out, const struct newc_entry *entry);
void newc_end(FILE *out);

#endif
