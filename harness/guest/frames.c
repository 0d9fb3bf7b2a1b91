#include "frames.h"

#include <string.h>

enum { HEAD = 1 + FRAME_DIGITS };

/* The length that a frame's head gives; FRAME_MOST + 1 if that is none. */
static size_t length(const char *digits)
{
    size_t n = 0;
    for (int i = 0; i < FRAME_DIGITS; i++) {
        static const char hex[] = "0123456789abcdef";
        const char *found = digits[i] ? strchr(hex, digits[i]) : NULL;
        if (!found)
            return FRAME_MOST + 1;
        n = n * 16 + (size_t)(found - hex);
    }
    return n <= FRAME_MOST ? n : FRAME_MOST + 1;
}

/* Takes bytes for the frame that has begun, as far as it goes. Returns how many; 0 if it is damaged. */
static size_t fill(struct frames *f, const char *bytes, size_t n, frame_sink *sink, void *data)
{
    size_t need = HEAD;
    if (f->have >= HEAD) {
        size_t payload = length(f->bytes + 1);
        if (payload > FRAME_MOST)
            return 0;
        need = HEAD + payload + 1;
    }
    size_t take = n < need - f->have ? n : need - f->have;
    memcpy(f->bytes + f->have, bytes, take);
    f->have += take;
    if (f->have == need && need > HEAD) {
        if (f->bytes[need - 1] != FRAME_END)
            return 0;
        sink(data, f->bytes[0], f->bytes + HEAD, need - HEAD - 1);
        f->inside = false;
    }
    return take;
}

bool frames_feed(struct frames *f, const char *bytes, size_t n, frame_sink *sink, void *data)
{
    while (n > 0) {
        size_t take;
        if (f->inside) {
            take = fill(f, bytes, n, sink, data);
            if (take == 0)
                return false;
        } else {
            const char *begin = memchr(bytes, FRAME_BEGIN, n);
            size_t text = begin ? (size_t)(begin - bytes) : n;
            if (text > 0)
                sink(data, FRAME_TEXT, bytes, text);
            f->inside = begin != NULL;
            f->have = 0;
            take = text + (begin != NULL);
        }
        bytes += take;
        n -= take;
    }
    return true;
}
