#include "chained.h"

/* clang-format off */
enum {
    /* dyld_chained_fixups_header; LC_DYLD_CHAINED_FIXUPS names the bytes that it begins */
    STARTS_OFFSET = 4, HEADER = 28,
    /* dyld_chained_starts_in_image: how many segments, and where each of them has its own starts (0: none) */
    SEGMENTS = 4,
    /* dyld_chained_starts_in_segment */
    PAGE_SIZE = 4, POINTER_FORMAT = 6, SEGMENT_OFFSET = 8, PAGE_COUNT = 20, PAGE_START = 22,
    START_NONE = 0xffff, START_MULTI = 0x8000,
};
/* clang-format on */

/* How a link of 8 bytes says what it is. Those of arm64e are signed, those of kernels are in other files, and
 * those of 4 bytes are older than the chains are in use: Go's targets have these two. */
struct kind {
    uint16_t number;
    bool from_base; /* the target is relative to the image's base, not an address */
};
static const struct kind kinds[] = {{2, false}, {6, true}}; /* DYLD_CHAINED_PTR_64, _OFFSET */

enum { TARGET_BITS = 36, HIGH_BITS = 8, NEXT_BIT = 51, NEXT_BITS = 12, STRIDE = 4, LINK = 8 };

static uint64_t field(uint64_t link, unsigned from, unsigned bits)
{
    return link >> from & ((UINT64_C(1) << bits) - 1);
}

static bool is_bound(uint64_t link)
{
    return link >> 63;
}

static uint64_t value_of(const struct image *img, const struct kind *kind, uint64_t link)
{
    uint64_t high = field(link, TARGET_BITS, HIGH_BITS) << 56;
    return (field(link, 0, TARGET_BITS) + (kind->from_base ? img->base : 0)) | high;
}

static bool damaged(const struct image *img, struct error *e)
{
    return error_set(e, img->name, 0, "its chained fixups are damaged");
}

/* A chain stays in its page, and each link lies behind the one before. */
static bool walk_page(const struct image *img, const struct kind *kind, uint64_t page, uint64_t page_size,
                      uint64_t at, chained_fn *give, void *context, struct error *e)
{
    for (uint64_t next = 1; next; at += next) {
        struct span bytes = image_at(img, page + at);
        uint64_t link;
        if (at + LINK > page_size || !span_read(&bytes, 0, LINK, &link))
            return damaged(img, e);
        if (!is_bound(link) && !give(context, page + at, value_of(img, kind, link)))
            return error_set(e, img->name, 0, "out of memory for its chained fixups");
        next = field(link, NEXT_BIT, NEXT_BITS) * STRIDE;
    }
    return true;
}

static const struct kind *find_kind(uint64_t number)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].number == number)
            return &kinds[i];
    return NULL;
}

static bool walk_segment(const struct image *img, const struct span *starts, chained_fn *give, void *context,
                         struct error *e)
{
    uint64_t page_size = span_get(starts, PAGE_SIZE, 2), format = span_get(starts, POINTER_FORMAT, 2);
    uint64_t offset = span_get(starts, SEGMENT_OFFSET, 8), n = span_get(starts, PAGE_COUNT, 2);
    const struct kind *kind = find_kind(format);
    if (starts->size < PAGE_START + 2 * n || (page_size != 0x1000 && page_size != 0x4000))
        return damaged(img, e);
    if (!kind || img->pointer != LINK)
        return error_set(e, img->name, 0,
                         "its pointers are chained fixups of format %u, which is not read: only those of "
                         "64 bits that are not signed (2 and 6) are",
                         (unsigned)format);
    for (uint64_t i = 0; i < n; i++) {
        uint64_t start = span_get(starts, PAGE_START + 2 * i, 2), page = img->base + offset + i * page_size;
        if (start == START_NONE)
            continue;
        if (start & START_MULTI) /* of pointers of 4 bytes only */
            return damaged(img, e);
        if (!walk_page(img, kind, page, page_size, start, give, context, e))
            return false;
    }
    return true;
}

bool chained_fixups(const struct image *img, chained_fn *give, void *context, struct error *e)
{
    struct span image, segment;
    uint64_t n;
    if (!img->fixups.bytes)
        return true;
    if (img->fixups.size < HEADER ||
        !span_from(&img->fixups, span_get(&img->fixups, STARTS_OFFSET, 4), &image) ||
        !span_read(&image, 0, SEGMENTS, &n) || n > 2 * MAX_SEGMENTS)
        return damaged(img, e);
    for (uint64_t i = 0; i < n; i++) {
        uint64_t at;
        if (!span_read(&image, SEGMENTS + 4 * i, 4, &at) || (at && !span_from(&image, at, &segment)))
            return damaged(img, e);
        if (at && !walk_segment(img, &segment, give, context, e))
            return false;
    }
    return true;
}
