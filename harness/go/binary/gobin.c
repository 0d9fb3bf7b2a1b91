/* Opening a Go binary, and its functions. */
#include "gobin_fields.h"

#include <stdio.h>
#include <stdlib.h>

#include "bases.h"
#include "buildinfo.h"
#include "funcs.h"
#include "image_format.h"
#include "made.h"
#include "relocs.h"

/* Where the linker leaves the table, the second one in position-independent binaries before Go 1.26. */
static const char *const sections[] = {".gopclntab", ".data.rel.ro.gopclntab"};
/* A stripped binary may hold many things that look like a header: the search gives up after so many. */
enum { MAX_CANDIDATES = 64 };

struct search {
    struct gobin *bin;
    int tried;
};

static bool is_pclntab(const void *context, uint64_t address)
{
    struct search *s = (struct search *)context;
    struct error ignored;
    return s->tried++ < MAX_CANDIDATES && pclntab_read(&s->bin->tables, &s->bin->image, address,
                                                       image_at(&s->bin->image, address), &ignored);
}

/* A binary without a section for it: another linker merged it, or the section headers are gone. */
static bool search_tables(struct gobin *bin)
{
    struct search s = {.bin = bin};
    uint64_t address, size;
    if (image_symbol(&bin->image, "runtime.pclntab", &address, &size) && is_pclntab(&s, address))
        return true;
    /* The header of a binary without the shorter instructions has the larger quantum. */
    const struct target *target = bin->image.target;
    const uint32_t quanta[] = {target->case_quantum,
                               target->quantum != target->case_quantum ? target->quantum : 0};
    for (int k = 0; k < 2 * N_LAYOUTS; k++) {
        uint8_t start[PCLNTAB_START];
        if (!quanta[k % 2])
            continue;
        pclntab_start(&bin->image, k / 2, (uint8_t)quanta[k % 2], start);
        for (size_t i = 0; i < bin->image.n_segments; i++)
            if (segment_find(&bin->image.segments[i], start, sizeof start, bin->image.pointer, is_pclntab, &s,
                             &address))
                return true;
    }
    return false;
}

static bool find_tables(struct gobin *bin, struct error *e)
{
    struct image *img = &bin->image;
    uint64_t address;
    struct span bytes;
    for (int i = 0; i < 2; i++) {
        if (!image_section(img, sections[i], &address, &bytes))
            continue;
        bytes.big_endian = img->file.big_endian;
        return pclntab_read(&bin->tables, img, address, bytes, e);
    }
    return search_tables(bin) ||
           error_set(e, img->name, 0,
                     "not a Go binary: no section .gopclntab, and nothing that looks like one");
}

static struct gobin *opened(struct gobin *bin, bool is_open, struct error *e)
{
    if (is_open && image_read_relocs(&bin->image, e) && find_tables(bin, e) && find_bases(bin, e)) {
        find_version(bin);
        find_no_pointers(bin);
        return bin;
    }
    gobin_close(bin);
    return NULL;
}

static struct gobin *new_gobin(const char *path, struct error *e)
{
    struct gobin *bin = calloc(1, sizeof *bin);
    if (bin && (bin->path = strdup(path)))
        return bin;
    free(bin);
    error_set(e, path, 0, "out of memory");
    return NULL;
}

struct gobin *gobin_open(const char *path, struct error *e)
{
    struct gobin *bin = new_gobin(path, e);
    return bin ? opened(bin, image_open(&bin->image, bin->path, e), e) : NULL;
}

struct gobin *gobin_open_memory(const char *name, const void *bytes, size_t n, struct error *e)
{
    struct gobin *bin = new_gobin(name, e);
    return bin ? opened(bin, image_open_memory(&bin->image, bin->path, bytes, n, e), e) : NULL;
}

void gobin_close(struct gobin *bin)
{
    if (!bin)
        return;
    image_close(&bin->image);
    free(bin->path);
    free(bin);
}

const char *gobin_target(const struct gobin *bin)
{
    return bin->image.target->name;
}

const char *gobin_version(const struct gobin *bin)
{
    return bin->version;
}

const char *gobin_path(const struct gobin *bin)
{
    return bin->path;
}

const char *gobin_package(const struct gobin *bin)
{
    return bin->package;
}

const char *gobin_module(const struct gobin *bin)
{
    return bin->module;
}

const char *gobin_format(const struct gobin *bin)
{
    return bin->image.format->name;
}

const char *gobin_system(const struct gobin *bin)
{
    return bin->image.system;
}

bool gobin_reference(const struct gobin *bin, uint64_t from, uint64_t to, uint64_t *target)
{
    return bin->image.made && made_reference(bin->image.made, from, to, target);
}

const char *gobin_external(const struct gobin *bin, uint64_t address)
{
    return bin->image.made ? made_external(bin->image.made, address) : NULL;
}

const char *gobin_layout(const struct gobin *bin)
{
    return bin->tables.layout->name;
}

bool gobin_is_big_endian(const struct gobin *bin)
{
    return bin->image.file.big_endian;
}

uint32_t gobin_elf_flags(const struct gobin *bin)
{
    return bin->image.flags;
}

unsigned gobin_pointer_size(const struct gobin *bin)
{
    return bin->image.pointer;
}

const uint8_t *gobin_bytes(const struct gobin *bin, uint64_t address, size_t n)
{
    return image_bytes(&bin->image, address, n);
}

bool gobin_symbol(const struct gobin *bin, const char *name, uint64_t *address, uint64_t *size)
{
    return image_symbol(&bin->image, name, address, size);
}
