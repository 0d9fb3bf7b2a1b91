/* The version of Go that made a binary. After debug/buildinfo of Go 1.19 (since 1.18 the string itself is there). */
#include "gobin_parts.h"

#include <stdio.h>

void find_version(struct gobin *bin)
{
    uint64_t address;
    struct span info;
    if (!image_section(&bin->image, ".go.buildinfo", &address, &info) || info.size < 33 ||
        memcmp(info.bytes, "\xff Go buildinf:", 14) != 0)
        return;
    if (span_get(&info, 15, 1) & 2) {
        uint64_t n = span_get(&info, 32, 1);
        if (n < sizeof bin->version && n <= info.size - 33)
            snprintf(bin->version, sizeof bin->version, "%.*s", (int)n, (const char *)info.bytes + 33);
    }
}
