/* The version of Go that made a binary. */
#ifndef EVERYPC_GO_BUILDINFO_H
#define EVERYPC_GO_BUILDINFO_H

#include "gobin_fields.h"

/* Fills bin->version, bin->minor and bin->patch; "", -1 and 0 where the binary does not say. */
void find_version(struct gobin *bin);

/* A change that was brought back to older releases: the patch that has it first, for each of them, by
 * rising minor version; every later minor version has it too. */
struct first_patch {
    int minor, patch;
};
/* Whether the binary's version has such a change; false where the version is unknown. */
bool version_has(const struct gobin *bin, const struct first_patch *first, int n);

#endif
