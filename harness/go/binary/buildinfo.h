/* The version of Go that made a binary. */
#ifndef EVERYPC_GO_BUILDINFO_H
#define EVERYPC_GO_BUILDINFO_H

#include "gobin_fields.h"

/* Fills bin->version and bin->minor; "" and -1 where the binary does not say. */
void find_version(struct gobin *bin);

#endif
