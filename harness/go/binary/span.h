/* A run of bytes with a byte order, whose every read is checked. All that the reader knows of a binary it
 * reads through this. Internal to the reader (gobin.h). */
#ifndef EVERYPC_GO_SPAN_H
#define EVERYPC_GO_SPAN_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct span {
    const uint8_t *bytes;
    uint64_t size;
    bool big_endian;
};

/* An unsigned number of 1, 2, 4 or 8 bytes at an offset; false, and *v alone, if it isn't all inside. */
static inline bool span_read(const struct span *s, uint64_t at, unsigned width, uint64_t *v)
{
    if (at > s->size || s->size - at < width)
        return false;
    uint64_t sum = 0;
    if (width == 4) { /* most of them */
        uint32_t word;
        memcpy(&word, s->bytes + at, sizeof word);
        *v = s->big_endian ? be32toh(word) : le32toh(word);
        return true;
    }
    for (unsigned i = 0; i < width; i++)
        sum = sum << 8 | s->bytes[at + (s->big_endian ? i : width - 1 - i)];
    *v = sum;
    return true;
}

/* The same, 0 where it isn't inside: for what was already checked as a whole. */
static inline uint64_t span_get(const struct span *s, uint64_t at, unsigned width)
{
    uint64_t v = 0;
    span_read(s, at, width, &v);
    return v;
}

/* What lies after an offset; false if that is not inside. */
static inline bool span_from(const struct span *s, uint64_t at, struct span *out)
{
    if (at > s->size)
        return false;
    *out = (struct span){s->bytes + at, s->size - at, s->big_endian};
    return true;
}

/* A string that ends inside, or null. */
static inline const char *span_string(const struct span *s, uint64_t at)
{
    if (at >= s->size || !memchr(s->bytes + at, 0, s->size - at))
        return NULL;
    return (const char *)s->bytes + at;
}

#endif
