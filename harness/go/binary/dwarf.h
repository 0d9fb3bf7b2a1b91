/* What a binary's DWARF says of its types. */
#ifndef EVERYPC_GO_DWARF_H
#define EVERYPC_GO_DWARF_H

#include <stdbool.h>
#include <stdint.h>

#include "gobin.h"

/* The offset in bytes of a struct's field: ("runtime.p", "preempt"). False where the binary has no DWARF, or
 * none of that. */
bool gobin_field(const struct gobin *bin, const char *type, const char *field, uint64_t *offset);

#endif
