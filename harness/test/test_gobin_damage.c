/* Tests of the reader of Go binaries on damaged ones: every check provoked, every byte changed, every length.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <elf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "go/binary/gobin.h"
#include "go_samples.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct gobin *open_image(const struct go_image *img, struct error *e)
{
    return gobin_open_memory("image", img->bytes, img->n, e);
}

static struct gobin *open_good(const struct go_image *img)
{
    struct error e = {""};
    struct gobin *bin = open_image(img, &e);
    if (!bin)
        print_error("%s\n", e.text);
    assert_non_null(bin);
    return bin;
}

struct damage {
    const char *what;
    void (*put)(struct go_image *img);
    const char *error;  /* of the opening, null: it opens */
    const char *damage; /* of function 0 */
};

static void set_word(struct go_image *img, size_t at, uint64_t v)
{
    go_image_set(img, at, img->options.wide ? 8 : 4, v);
}

static size_t header_word(const struct go_image *img, size_t word)
{
    return img->pclntab + 8 + word * (img->options.wide ? 8 : 4);
}

static void no_elf(struct go_image *img)
{
    img->bytes[0] = 'x';
}
static void other_machine(struct go_image *img)
{
    go_image_set(img, offsetof(Elf64_Ehdr, e_machine), 2, EM_SPARCV9);
}
static void no_load(struct go_image *img)
{
    go_image_set(img, img->programs, 4, PT_NULL);
    go_image_set(img, img->programs + sizeof(Elf64_Phdr), 4, PT_NULL);
}
static void cut(struct go_image *img)
{
    img->n = img->pclntab;
}
static void cut_programs(struct go_image *img)
{
    img->n = img->programs + 8;
}
static void wrapped(struct go_image *img)
{
    set_word(img, img->programs + offsetof(Elf64_Phdr, p_vaddr), UINT64_MAX - 8);
}
static void other_magic(struct go_image *img)
{
    go_image_set(img, img->pclntab, 4, 0xfffffff7);
}
static void other_quantum(struct go_image *img)
{
    img->bytes[img->pclntab + 6] = 8;
}
static void no_funcs(struct go_image *img)
{
    set_word(img, header_word(img, 0), 0);
}
static void many_funcs(struct go_image *img)
{
    set_word(img, header_word(img, 0), UINT64_C(1) << 63);
}
static void names_behind(struct go_image *img)
{
    set_word(img, header_word(img, 3), 1 << 20);
}
static void disorder(struct go_image *img)
{
    go_image_set(img, img->functab + 8, 4, 1000000);
}
static void no_code(struct go_image *img)
{
    set_word(img, header_word(img, 2), 0x10);
    img->bytes[img->programs + 4] = PF_R;
}
static void func_behind(struct go_image *img)
{
    go_image_set(img, img->functab + 4, 4, 1 << 20);
}
static void func_in_table(struct go_image *img)
{
    go_image_set(img, img->functab + 4, 4, 0);
}
static void name_behind(struct go_image *img)
{
    go_image_set(img, img->func + 4, 4, 1 << 20);
}
static void many_pcdata(struct go_image *img)
{
    go_image_set(img, img->func + 4 + 24, 4, 1 << 30);
}
static void pcsp_behind(struct go_image *img)
{
    go_image_set(img, img->func + 4 + 12, 4, 1 << 20);
}
static void bad_table(struct go_image *img)
{
    img->bytes[img->pctab + 1 + 3] = 120;
}
static void bad_point(struct go_image *img)
{
    img->bytes[img->pctab + 1 + 5 + 2] = 60;
}
static void far_tree(struct go_image *img)
{
    size_t size = go_image_get(img, img->functab + 12, 4) - go_image_get(img, img->functab + 4, 4);
    go_image_set(img, img->func + INLINES * size + 4 + 40 + 12 + 3 * 4, 4, 0x7fffffff);
}

/* clang-format off */
static const struct damage damages[] = {
    {"no ELF", no_elf, "not an ELF, PE or Mach-O file", NULL},
    {"another machine", other_machine,
         "ELF machine 43 (class 2, byte order 1) is not one of the targets", NULL},
    {"nothing to load", no_load, "no loadable segment", NULL},
    {"cut short", cut, "segment 1 ends past the end of the file", NULL},
    {"cut in its headers", cut_programs, "its program headers are not all in the file", NULL},
    {"a segment that wraps", wrapped, "segment 0 goes beyond the end of the address space", NULL},
    {"another magic", other_magic, ".gopclntab: unknown magic number", NULL},
    {"another quantum", other_quantum, "quantum or pointer size (at +0x6) does not fit amd64", NULL},
    {"no functions", no_funcs, "its header (+0x8) says 0 functions", NULL},
    {"many functions", many_funcs, "its header (+0x8) says 9223372036854775808 functions", NULL},
    {"a table behind the end", names_behind, "its header names a table past its end", NULL},
    {"entries out of order", disorder, "the function table is out of order at +0x", NULL},
    {"no code", no_code, "no code at the first function's entry, 0x10", NULL},
    {"a _func behind the end", func_behind, NULL,
        "functab at +0x0: its _func lies outside the function table"},
    {"a _func in functab", func_in_table, NULL,
        "functab at +0x0: its _func lies outside the function table"},
    {"a name behind the end", name_behind, NULL, "its name lies past the end of funcnametab"},
    {"too many PCDATA", many_pcdata, NULL, "its pcdata and funcdata run past the table's end"},
    {"a table behind the end of pctab", pcsp_behind, NULL,
        "pcsp at +0x100000: it lies past the end of pctab"},
    {"a table beyond the function", bad_table, NULL, "pcsp at +0x1: "},
    {"a value that is none", bad_point, NULL, "PCDATA_UnsafePoint at +0x6: "},
};
/* clang-format on */

static void test_damage(void **state)
{
    (void)state;
    struct go_options o = go_options_for(&go_machines[AMD64], GO_1_20);
    for (size_t i = 0; i < COUNT(damages); i++) {
        const struct damage *d = &damages[i];
        struct go_image img = go_image_write(&o, go_samples, N_SAMPLES);
        struct error e = {""};
        struct gobin_func f = {0};
        d->put(&img);
        struct gobin *bin = open_image(&img, &e);
        if (bin)
            gobin_func(bin, 0, &f);
        if (!bin != !!d->error || !strstr(d->error ? e.text : f.damage, d->error ? d->error : d->damage))
            fail_msg("%s: \"%s\", \"%s\"", d->what, e.text, f.damage);
        if (d->error)
            assert_memory_equal(e.text, "image: ", 7);
        gobin_close(bin);
        free(img.bytes);
    }
}

static void test_damaged_inlining(void **state)
{
    (void)state;
    struct go_options o = go_options_for(&go_machines[AMD64], GO_1_20);
    struct go_image img = go_image_write(&o, go_samples, N_SAMPLES);
    struct gobin_func f;
    uint32_t until;
    far_tree(&img);
    struct gobin *bin = open_good(&img);
    gobin_func(bin, INLINES, &f);
    assert_non_null(strstr(f.damage, "FUNCDATA_InlTree at 0x"));
    assert_int_equal(gobin_filter_at(bin, &f, 2, &until), FILTER_NONE);
    gobin_close(bin);
    free(img.bytes);
}

/* What a stripped binary's funcdata is relative to can't be guessed: no moduledata is an error. */
static void test_without_moduledata(void **state)
{
    (void)state;
    struct go_options o = go_options_for(&go_machines[AMD64], GO_1_20);
    struct error e;
    o.no_symbols = true;
    struct go_image img = go_image_write(&o, go_samples, N_SAMPLES);
    set_word(&img, img.module, 0);
    assert_null(open_image(&img, &e));
    assert_non_null(strstr(e.text, "neither a symbol go:func.* nor a moduledata"));
    set_word(&img, img.module, go_image_get(&img, img.module + 8, 8) - (img.names - img.pclntab));
    set_word(&img, img.module + 40 * 8, 0);
    assert_null(open_image(&img, &e));
    assert_non_null(strstr(e.text, "nothing in moduledata"));
    free(img.bytes);
}

/* Everything the interface offers, on a binary that may be anything; ASan and UBSan watch. */
static void walk(const struct gobin *bin)
{
    size_t n = gobin_n_funcs(bin);
    for (size_t i = 0; i < n; i++) {
        struct gobin_func f;
        uint32_t until, line;
        const char *file;
        gobin_func(bin, i, &f);
        for (uint32_t at = 0; at < f.end - f.entry; at = until) {
            if (gobin_line(bin, &f, at, &file, &line))
                assert_true(strlen(file) > 0 && line > 0);
            gobin_filter_at(bin, &f, at, &until);
            assert_true(until > at);
        }
        assert_true(memchr(f.damage, 0, sizeof f.damage) && f.name);
        gobin_find(bin, f.entry);
    }
}

static void test_every_byte_damaged(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {0x00, 0x7f, 0x80, 0xff};
    int opened = 0;
    for (int layout = 0; layout < GO_LAYOUTS; layout++) {
        struct go_options o = go_options_for(&go_machines[layout % 2 ? AMD64 : RISCV64], layout);
        o.no_symbols = layout % 2;
        o.relative = go_machines[layout % 2 ? AMD64 : RISCV64].options.relative;
        struct go_image img = go_image_write(&o, go_samples, N_SAMPLES);
        for (size_t at = 0; at < img.n; at++) {
            uint8_t was = img.bytes[at];
            for (size_t b = 0; b < sizeof bytes; b++) {
                struct error e = {""};
                img.bytes[at] = bytes[b];
                struct gobin *bin = open_image(&img, &e);
                assert_true(bin || strncmp(e.text, "image: ", 7) == 0);
                if (bin)
                    walk(bin), opened++;
                gobin_close(bin);
            }
            img.bytes[at] = was;
        }
        free(img.bytes);
    }
    assert_true(opened > 1000);
}

static void test_every_length(void **state)
{
    (void)state;
    for (int layout = 0; layout < GO_LAYOUTS; layout++) {
        struct go_options o = go_options_for(&go_machines[layout % 2 ? I386 : MIPS64], layout);
        struct go_image img = go_image_write(&o, go_samples, N_SAMPLES);
        for (size_t n = 0; n < img.n; n++) {
            struct error e = {""};
            uint8_t *copy = malloc(n ? n : 1); /* so that ASan sees a read beyond it */
            memcpy(copy, img.bytes, n);
            struct gobin *bin = gobin_open_memory("image", copy, n, &e);
            assert_true(bin || strncmp(e.text, "image: ", 7) == 0);
            if (bin)
                walk(bin);
            gobin_close(bin);
            free(copy);
        }
        free(img.bytes);
    }
}

static void test_files(void **state)
{
    (void)state;
    static const struct {
        const char *path, *error;
    } cases[] = {
        {"/bin/true", "not a Go binary"},
        {"/", "is a directory"},
        {"/dev/zero", "not a regular file"},
        {"/no/such/file", "No such file or directory"},
        {EVERYPC_SOURCE_DIR "/Makefile", "not an ELF, PE or Mach-O file"},
    };
    struct error e;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_null(gobin_open(cases[i].path, &e));
        if (!strstr(e.text, cases[i].error) || strchr(e.text, '\n') ||
            strncmp(e.text, cases[i].path, strlen(cases[i].path)) != 0)
            fail_msg("%s", e.text);
    }
    struct go_options o = go_options_for(&go_machines[AMD64], GO_1_20);
    struct go_image img = go_image_write(&o, go_samples, N_SAMPLES);
    char path[] = "/tmp/everypc-gobin-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_null(gobin_open(path, &e));
    assert_non_null(strstr(e.text, "is empty"));
    assert_int_equal(write(fd, img.bytes, img.n), img.n);
    struct gobin *bin = gobin_open(path, &e);
    assert_non_null(bin);
    assert_int_equal(gobin_n_funcs(bin), N_SAMPLES);
    gobin_close(bin);
    close(fd);
    unlink(path);
    free(img.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_damaged_inlining),
        cmocka_unit_test(test_without_moduledata),
        cmocka_unit_test(test_every_byte_damaged),
        cmocka_unit_test(test_every_length),
        cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
