/* A file and its segments, whatever its format. */
#define _GNU_SOURCE
#include "image_format.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "made.h"

static const struct image_format *const formats[] = {&image_elf, &image_pe, &image_macho, &image_object,
                                                     &image_dump};
enum { N_FORMATS = sizeof formats / sizeof *formats };

/* ---- opening ---- */

static bool open_as(struct image *img, bool only_elf, struct error *e)
{
    for (int i = 0; i < (only_elf ? 1 : N_FORMATS); i++)
        if (formats[i]->is(&img->file)) {
            img->format = formats[i];
            return img->format->open(img, e) &&
                   (img->n_segments > 0 ||
                    error_set(e, img->name, 0, "no loadable segment: not an executable"));
        }
    return error_set(e, img->name, 0,
                     only_elf ? "not an ELF file"
                              : "not an ELF, PE or Mach-O file, nor an object of Go's, nor a dump of code");
}

bool image_open_memory(struct image *img, const char *name, const void *bytes, size_t n, struct error *e)
{
    *img = (struct image){.name = name, .file = {bytes, n, false}};
    return open_as(img, false, e);
}

static bool map(struct image *img, const char *path, struct error *e)
{
    *img = (struct image){.name = path};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        error_set(e, path, 0, "%s", strerror(errno));
    } else if (!S_ISREG(st.st_mode)) {
        error_set(e, path, 0, S_ISDIR(st.st_mode) ? "is a directory" : "not a regular file");
    } else if (st.st_size == 0) {
        error_set(e, path, 0, "is empty");
    } else {
        void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (at == MAP_FAILED)
            error_set(e, path, 0, "%s", strerror(errno));
        else
            img->file = (struct span){at, (uint64_t)st.st_size, false};
        img->mapped = img->file.bytes != NULL;
    }
    if (fd >= 0)
        close(fd);
    return img->mapped;
}

bool image_open(struct image *img, const char *path, struct error *e)
{
    return map(img, path, e) && open_as(img, false, e);
}

bool image_open_elf(struct image *img, const char *path, struct error *e)
{
    return map(img, path, e) && open_as(img, true, e);
}

void image_close(struct image *img)
{
    elf_end(img->elf);
    free(img->relocs);
    made_free(img->made);
    if (img->mapped)
        munmap((void *)img->file.bytes, img->file.size);
}

/* ---- what is where ---- */

bool image_section(const struct image *img, const char *name, uint64_t *address, struct span *bytes)
{
    return img->format->section(img, name, address, bytes);
}

bool image_symbol(const struct image *img, const char *name, uint64_t *address, uint64_t *size)
{
    return img->format->symbol(img, name, address, size);
}

static const struct segment *segment_at(const struct image *img, uint64_t address)
{
    for (size_t i = 0; i < img->n_segments; i++)
        if (address - img->segments[i].address < img->segments[i].file.size)
            return &img->segments[i];
    return NULL;
}

struct span image_at(const struct image *img, uint64_t address)
{
    const struct segment *s = segment_at(img, address);
    struct span out = {.big_endian = img->file.big_endian};
    if (s)
        span_from(&s->file, address - s->address, &out);
    return out;
}

const uint8_t *image_bytes(const struct image *img, uint64_t address, size_t n)
{
    struct span at = image_at(img, address);
    return at.bytes && at.size >= n ? at.bytes : NULL;
}

bool image_is_code(const struct image *img, uint64_t address)
{
    const struct segment *s = segment_at(img, address);
    return s && s->executable;
}

bool segment_find(const struct segment *s, const void *bytes, size_t n, unsigned alignment,
                  image_match_fn *is_it, const void *context, uint64_t *address)
{
    const uint8_t *end = s->file.bytes + s->file.size, *hit = s->file.bytes;
    while (hit && (hit = memmem(hit, (size_t)(end - hit), bytes, n))) {
        *address = s->address + (uint64_t)(hit - s->file.bytes);
        if (*address % alignment == 0 && is_it(context, *address))
            return true;
        hit++;
    }
    return false;
}
