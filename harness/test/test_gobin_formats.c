/* Tests of the reader of Go binaries on damaged PE and Mach-O files: every check provoked, every byte of
 * their headers and symbols changed, every length. The tables inside are test_gobin_damage.c's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <string.h>

#include "go/binary/gobin.h"
#include "go_samples.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { PE = 0x40, SECTION = 40, SEGMENT = 72, STARTS = 40 };

struct damage {
    const char *what;
    enum go_format format;
    void (*put)(struct go_image *img);
    const char *error; /* null: it opens */
};

static void no_pe(struct go_image *img)
{
    img->bytes[PE] = 'N';
}
static void pe_behind(struct go_image *img)
{
    go_image_set(img, 0x3c, 4, 0xfffffff0);
}
static void other_pe_machine(struct go_image *img)
{
    go_image_set(img, PE + 4, 2, 0x1f0);
}
static void no_pe_machine(struct go_image *img)
{
    go_image_set(img, PE + 4, 2, 0);
}
static void narrow_pe(struct go_image *img)
{
    go_image_set(img, PE + 24, 2, 0x10b);
}
static void no_optional(struct go_image *img)
{
    go_image_set(img, PE + 20, 2, 0);
}
static void many_sections(struct go_image *img)
{
    go_image_set(img, PE + 6, 2, 0xffff);
}
static void no_sections(struct go_image *img)
{
    go_image_set(img, PE + 6, 2, 0);
}
static void long_section(struct go_image *img)
{
    go_image_set(img, img->programs + SECTION + 8, 4, 1 << 24);
    go_image_set(img, img->programs + SECTION + 16, 4, 1 << 24);
}
static void high_base(struct go_image *img)
{
    go_image_set(img, PE + 24 + 24, 8, UINT64_MAX - img->text - 8);
}
static void far_symbols(struct go_image *img)
{
    go_image_set(img, PE + 16, 4, 0xffffffff);
}
static void symbols_elsewhere(struct go_image *img)
{
    size_t symbols = go_image_get(img, PE + 12, 4);
    for (int i = 0; i < 4; i++)
        go_image_set(img, symbols + 18 * (size_t)i + 12, 2, 0xffff - (uint64_t)i);
}
static void other_cpu(struct go_image *img)
{
    go_image_set(img, 4, 4, 18);
}
static void no_cpu(struct go_image *img)
{
    go_image_set(img, 4, 4, 0);
}
static void narrow_macho(struct go_image *img)
{
    go_image_set(img, 0, 4, 0xfeedface);
}
static void universal(struct go_image *img)
{
    memcpy(img->bytes, "\xca\xfe\xba\xbe", 4);
}
static void long_commands(struct go_image *img)
{
    go_image_set(img, 20, 4, 0xffffffff);
}
static void many_commands(struct go_image *img)
{
    go_image_set(img, 16, 4, 0xffffffff);
}
static void no_commands(struct go_image *img)
{
    go_image_set(img, 16, 4, 0);
}
static void short_command(struct go_image *img)
{
    go_image_set(img, img->programs + 4, 4, 4);
}
static void short_segment(struct go_image *img)
{
    go_image_set(img, img->programs + 4, 4, 64);
}
static void long_segment(struct go_image *img)
{
    go_image_set(img, img->programs + SEGMENT + 48, 8, UINT64_MAX);
}
static void high_segment(struct go_image *img)
{
    go_image_set(img, img->programs + 24, 8, UINT64_MAX - 8);
}
static void far_names(struct go_image *img)
{
    go_image_set(img, img->programs + 2 * SEGMENT + 2 * 80 + 20, 4, 0xffffffff);
}

/* ---- chained fixups; damage of the header, the starts, the pages and the links ---- */

static void fixups_behind(struct go_image *img)
{
    go_image_set(img, img->programs + 2 * SEGMENT + 2 * 80 + 24 + 12, 4, 0xffffffff);
}
static void no_starts(struct go_image *img)
{
    go_image_set(img, img->chains + 4, 4, 0xffffffff);
}
static void many_starts(struct go_image *img)
{
    go_image_set(img, img->chains + 28, 4, 65);
}
static void starts_behind(struct go_image *img)
{
    go_image_set(img, img->chains + 36, 4, 0x7fffffff);
}
static void many_pages(struct go_image *img)
{
    go_image_set(img, img->chains + STARTS + 20, 2, 0xffff);
}
static void small_pages(struct go_image *img)
{
    go_image_set(img, img->chains + STARTS + 4, 2, 0);
}
static void signed_pointers(struct go_image *img)
{
    go_image_set(img, img->chains + STARTS + 6, 2, 1);
}
static void several_chains(struct go_image *img)
{
    go_image_set(img, img->chains + STARTS + 22, 2, 0x8000);
}
static void start_beyond(struct go_image *img)
{
    go_image_set(img, img->chains + STARTS + 22, 2, 0xffc);
}
static void elsewhere(struct go_image *img)
{
    go_image_set(img, img->chains + STARTS + 8, 8, UINT64_MAX - 8);
}
static void bound(struct go_image *img)
{
    for (size_t at = img->module; at < img->module + 8 * 50; at += 8)
        if (go_image_get(img, at, 8))
            go_image_set(img, at, 8, go_image_get(img, at, 8) | UINT64_C(1) << 63);
}

/* clang-format off */
static const struct damage damages[] = {
    {"no PE header", GO_PE, no_pe, "there is no PE header where its DOS header says (+0x40)"},
    {"a PE header behind the end", GO_PE, pe_behind,
        "there is no PE header where its DOS header says (+0xfffffff0)"},
    {"another machine", GO_PE, other_pe_machine, "PE machine 0x1f0 is not one of the targets"},
    {"no machine", GO_PE, no_pe_machine, "PE machine 0x0 is not one of the targets"},
    {"PE32 of a 64-bit machine", GO_PE, narrow_pe,
        "its optional header (kind 0x10b) is not that of an executable"},
    {"no optional header", GO_PE, no_optional,
        "its optional header (kind 0x20b) is not that of an executable"},
    {"many sections", GO_PE, many_sections, "its section headers are not all in the file"},
    {"no sections", GO_PE, no_sections, "no loadable segment"},
    {"a long section", GO_PE, long_section, "section 1 ends past the end of the file"},
    {"a section that wraps", GO_PE, high_base, "section 0 goes beyond the end of the address space"},
    {"symbols behind the end: it has none", GO_PE, far_symbols, NULL},
    {"symbols of no section: it has none", GO_PE, symbols_elsewhere, NULL},
    {"another CPU", GO_MACHO, other_cpu, "Mach-O CPU type 0x12 is not one of the targets"},
    {"no CPU", GO_MACHO, no_cpu, "Mach-O CPU type 0x0 is not one of the targets"},
    {"a narrow file of a 64-bit CPU", GO_MACHO, narrow_macho,
        "Mach-O CPU type 0x1000007 is not one of the targets"},
    {"a universal binary", GO_MACHO, universal, "a universal binary"},
    {"load commands behind the end", GO_MACHO, long_commands, "its load commands are not all in the file"},
    {"too many load commands", GO_MACHO, many_commands, "load command 3 is damaged"},
    {"no load commands", GO_MACHO, no_commands, "no loadable segment"},
    {"a short load command", GO_MACHO, short_command, "load command 0 is damaged"},
    {"a short segment", GO_MACHO, short_segment, "load command 0 is too short for a segment"},
    {"a long segment", GO_MACHO, long_segment, "segment 1 ends past the end of the file"},
    {"a segment that wraps", GO_MACHO, high_segment, "segment 0 goes beyond the end of the address space"},
    {"names behind the end: it has none", GO_MACHO, far_names, NULL},
};
/* Of a stripped file, whose moduledata has nothing but links. */
static const struct damage of_chains[] = {
    {"fixups behind the end", GO_MACHO, fixups_behind, "its chained fixups are not all in the file"},
    {"no starts", GO_MACHO, no_starts, "its chained fixups are damaged"},
    {"too many segments", GO_MACHO, many_starts, "its chained fixups are damaged"},
    {"starts behind the end", GO_MACHO, starts_behind, "its chained fixups are damaged"},
    {"too many pages", GO_MACHO, many_pages, "its chained fixups are damaged"},
    {"pages of no size", GO_MACHO, small_pages, "its chained fixups are damaged"},
    {"signed pointers", GO_MACHO, signed_pointers, "chained fixups of format 1, which is not read"},
    {"several chains in a page", GO_MACHO, several_chains, "its chained fixups are damaged"},
    {"a chain that leaves its page", GO_MACHO, start_beyond, "its chained fixups are damaged"},
    {"pages elsewhere", GO_MACHO, elsewhere, "its chained fixups are damaged"},
    {"pointers of other libraries", GO_MACHO, bound, "neither runtime.text nor moduledata"},
};
/* clang-format on */

static struct go_image image_of(enum go_format format, int machine, enum go_layout layout)
{
    struct go_options o = go_options_for(&go_machines[machine], layout);
    o.format = format;
    return go_image_write(&o, go_samples, N_SAMPLES);
}

static void test_damaged_chains(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(of_chains); i++) {
        struct go_options o = go_options_for(&go_machines[AMD64], GO_1_27);
        o.format = GO_MACHO;
        o.chained = 6;
        o.no_symbols = o.no_sections = true;
        struct go_image img = go_image_write(&o, go_samples, N_SAMPLES);
        struct error e = {""};
        of_chains[i].put(&img);
        struct gobin *bin = gobin_open_memory("image", img.bytes, img.n, &e);
        if (bin || !strstr(e.text, of_chains[i].error))
            fail_msg("%s: \"%s\"", of_chains[i].what, e.text);
        free(img.bytes);
    }
}

static void test_damage(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(damages); i++) {
        const struct damage *d = &damages[i];
        struct go_image img = image_of(d->format, AMD64, GO_1_20);
        struct error e = {""};
        uint64_t address, size;
        d->put(&img);
        struct gobin *bin = gobin_open_memory("image", img.bytes, img.n, &e);
        if (!bin != !!d->error || (d->error && !strstr(e.text, d->error)))
            fail_msg("%s: \"%s\"", d->what, e.text);
        if (bin)
            assert_false(gobin_symbol(bin, "runtime.text", &address, &size));
        gobin_close(bin);
        free(img.bytes);
    }
}

/* Opens a copy of its own, so that ASan sees a read beyond it, and walks over its functions. */
static int open_copy(const struct go_image *img, size_t n)
{
    struct error e = {""};
    uint8_t *copy = malloc(n ? n : 1);
    uint64_t address, size;
    int opened = 0;
    memcpy(copy, img->bytes, n);
    struct gobin *bin = gobin_open_memory("image", copy, n, &e);
    assert_true(bin || strncmp(e.text, "image: ", 7) == 0);
    for (size_t i = 0; bin && i < gobin_n_funcs(bin); i++) {
        struct gobin_func f;
        gobin_func(bin, i, &f);
        gobin_symbol(bin, f.name, &address, &size);
        opened = 1;
    }
    gobin_close(bin);
    free(copy);
    return opened;
}

static void damage_range(struct go_image *img, size_t from, size_t to, int *opened)
{
    static const uint8_t bytes[] = {0x00, 0x7f, 0x80, 0xff};
    for (size_t at = from; at < to; at++) {
        uint8_t was = img->bytes[at];
        for (size_t b = 0; b < sizeof bytes; b++) {
            img->bytes[at] = bytes[b];
            *opened += open_copy(img, img->n);
        }
        img->bytes[at] = was;
    }
}

static void test_every_byte_of_the_headers(void **state)
{
    (void)state;
    for (int format = GO_PE; format < GO_FORMATS; format++)
        for (int machine = AMD64; machine <= I386; machine++) {
            struct go_image img = image_of(format, machine, machine == AMD64 ? GO_1_27 : GO_1_2);
            int opened = 0;
            damage_range(&img, 0, img.text, &opened);
            damage_range(&img, img.build_info, img.n, &opened);
            assert_true(opened > 500);
            free(img.bytes);
        }
}

static void test_every_length(void **state)
{
    (void)state;
    for (int format = GO_PE; format < GO_FORMATS; format++)
        for (int machine = AMD64; machine <= I386; machine++) {
            struct go_image img = image_of(format, machine, GO_1_20);
            for (size_t n = 0; n < img.n; n++)
                open_copy(&img, n);
            assert_true(open_copy(&img, img.n));
            free(img.bytes);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_damaged_chains),
        cmocka_unit_test(test_every_byte_of_the_headers),
        cmocka_unit_test(test_every_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
