/* Tests of the reader of Go binaries, on images that go_image.c writes: every layout, word size and byte order, with
 * and without sections, symbols and fixed addresses; every check provoked; every byte damaged. */
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

#include "../go/gobin.h"
#include "go_image.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define TABLE(...) {(const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})}

/* Sizes are multiples of every quantum; the tables' PCs are in quanta, of which a function has at least 16. */
static const struct go_func funcs[] = {
    {.name = "main.plain", .size = 64, .args = 24, /* 0: 4 quanta; 32: 8; then nothing: padding */
     .pcsp = TABLE(2, 4, 64, 8, 0),                /* -1 + 1, + 32 */
     .unsafe_point = TABLE(0, 2, 1, 3, 1, 4, 4, 7, 0)}, /* -1, -2, -3, -1 */
    {.name = "runtime.memmove", .size = 64, .flag = 4, .no_pointers = true},
    {.name = "runtime.mallocgc", .size = 64},
    {.name = "main.inlines", .size = 64, .unsafe_point = TABLE(0, 16, 0),
     .inl_index = TABLE(0, 2, 2, 3, 2, 4, 3, 5, 0), /* -1, 0, 1, -1 */
     .inlined = {"runtime.nanotime", "sort.Swap"}},
    {.name = "reflect.call", .size = 64, .inl_index = TABLE(2, 8, 0), .inlined = {"main.f"}},
    {.name = "main.nomaps", .size = 64, .no_maps = true},
    {.name = "runtime.call32", .size = 64, .flag = 4, .no_pointers = true, .id = 9},
};
enum { N = COUNT(funcs), PLAIN = 0, INLINES = 3, REFLECT = 4, MEMMOVE = 1 };

static const enum gobin_filter filters[N] = {FILTER_NONE, FILTER_ASM, FILTER_RUNTIME, FILTER_NONE,
                                             FILTER_RUNTIME, FILTER_NO_MAPS, FILTER_ASM};

struct machine {
    const char *target;
    struct go_options options;
};
static const struct machine machines[] = {
    {"amd64", {.machine = EM_X86_64, .wide = true, .quantum = 1, .relative = R_X86_64_RELATIVE}},
    {"386", {.machine = EM_386, .quantum = 1, .relative = R_386_RELATIVE}},
    {"mips", {.machine = EM_MIPS, .big_endian = true, .quantum = 4, .relative = R_MIPS_REL32}},
    {"mips64", {.machine = EM_MIPS, .wide = true, .big_endian = true, .quantum = 4}},
    {"mipsle", {.machine = EM_MIPS, .quantum = 4}},
    {"s390x", {.machine = EM_S390, .wide = true, .big_endian = true, .quantum = 2, .relative = R_390_RELATIVE}},
};
static const char *const layout_names[] = {"1.2", "1.16", "1.18", "1.20", "1.20"};
static const char *const versions[] = {"go1.15.15", "go1.16.2", "go1.19.8", "go1.21.13", "go1.27.3"};

static struct go_options options_of(const struct machine *m, enum go_layout layout)
{
    struct go_options o = m->options;
    o.layout = layout;
    o.version = versions[layout];
    o.no_text_start = layout == GO_1_27;
    o.relative = 0;
    return o;
}

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

/* Runs as "start-end:value" in quanta. */
static const char *runs_of(const struct pctab *table)
{
    static char text[200];
    struct pctab_iter it;
    enum pctab_error error;
    int n = 0;
    text[0] = 0;
    pctab_begin(&it, table);
    while (pctab_next(&it, &error))
        n += snprintf(text + n, sizeof text - (size_t)n, "%u-%u:%d ", it.run.start / table->quantum, it.run.end / table->quantum,
                      it.run.value);
    assert_int_equal(error, PCTAB_OK);
    return text;
}

static void check_filters(const struct gobin *bin, size_t i, const char *expected)
{
    struct gobin_func f;
    char text[200];
    int n = 0;
    uint32_t until;
    gobin_func(bin, i, &f);
    for (uint32_t at = 0; at < f.end - f.entry; at = until) {
        enum gobin_filter filter = gobin_filter_at(bin, &f, at, &until);
        assert_true(until > at && until <= f.end - f.entry);
        n += snprintf(text + n, sizeof text - (size_t)n, "%u:%s ", at / f.sp_delta.quantum, gobin_filter_text(filter));
    }
    assert_string_equal(text, expected);
}

/* All that the reader says of the functions above, whatever the image. */
static void check_image(const struct go_options *o, const char *target)
{
    struct go_image img = go_image_write(o, funcs, N);
    struct gobin *bin = open_good(&img);
    struct gobin_func f, next;

    assert_string_equal(gobin_target(bin), target);
    assert_string_equal(gobin_layout(bin), layout_names[o->layout]);
    assert_string_equal(gobin_version(bin), o->no_build_info ? "" : o->version);
    assert_int_equal(gobin_is_big_endian(bin), o->big_endian);
    assert_int_equal(gobin_pointer_size(bin), o->wide ? 8 : 4);
    assert_int_equal(gobin_obeys_restarts(bin), o->layout != GO_1_2);
    assert_int_equal(gobin_n_funcs(bin), N);
    for (size_t i = 0; i < N; i++) {
        gobin_func(bin, i, &f);
        assert_string_equal(f.damage, "");
        assert_string_equal(f.name, funcs[i].name);
        assert_int_equal(f.end - f.entry, funcs[i].size);
        assert_ptr_equal(f.code, img.bytes + img.text + 64 * i);
        assert_int_equal(f.args, funcs[i].args);
        assert_int_equal(f.func_id, funcs[i].id);
        assert_int_equal(f.flags, o->layout >= GO_1_16 ? funcs[i].flag : 0);
        assert_int_equal(f.filter, filters[i]);
        assert_int_equal(gobin_find(bin, f.entry), i);
        assert_int_equal(gobin_find(bin, f.end - 1), i);
        assert_int_equal(f.locals_maps != 0, !funcs[i].no_maps);
        assert_int_equal(f.inl_tree != 0, funcs[i].inlined[0] != NULL);
        if (i + 1 < N) {
            gobin_func(bin, i + 1, &next);
            assert_int_equal(next.entry, f.end);
        }
    }
    assert_int_equal(gobin_find(bin, f.end), N);
    gobin_func(bin, PLAIN, &f);
    assert_int_equal(gobin_find(bin, f.entry - 1), N);
    assert_string_equal(runs_of(&f.sp_delta), "0-4:0 4-12:32 ");
    assert_string_equal(runs_of(&f.unsafe_point), "0-2:-1 2-5:-2 5-9:-3 9-16:-1 ");
    assert_int_equal(f.unsafe_point.kind, PCTAB_UNSAFE_POINT);
    check_filters(bin, PLAIN, "0:preemptible ");
    check_filters(bin, INLINES, "0:preemptible 2:runtime 5:preemptible ");
    check_filters(bin, REFLECT, "0:preemptible 8:runtime ");
    check_filters(bin, MEMMOVE, "0:assembly ");
    gobin_close(bin);
    free(img.bytes);
}

static void for_each_image(void (*change)(struct go_options *o))
{
    for (size_t m = 0; m < COUNT(machines); m++)
        for (int layout = 0; layout < GO_LAYOUTS; layout++) {
            struct go_options o = options_of(&machines[m], layout);
            o.relative = machines[m].options.relative;
            change(&o);
            check_image(&o, machines[m].target);
        }
}

static void plain(struct go_options *o)
{
    o->relative = 0;
}

static void stripped(struct go_options *o)
{
    plain(o);
    o->no_symbols = true;
}

static void bare(struct go_options *o)
{
    stripped(o);
    o->no_sections = true;
}

static void independent(struct go_options *o)
{
    (void)o;
}

static void independent_stripped(struct go_options *o)
{
    o->no_symbols = true;
}

static void independent_bare(struct go_options *o)
{
    o->no_symbols = o->no_sections = true;
}

static void unversioned(struct go_options *o)
{
    plain(o);
    o->no_build_info = true;
}

static void test_plain(void **state)
{
    (void)state;
    for_each_image(plain);
}

static void test_stripped(void **state)
{
    (void)state;
    for_each_image(stripped);
    for_each_image(bare);
}

static void test_position_independent(void **state)
{
    (void)state;
    for_each_image(independent);
    for_each_image(independent_stripped);
    for_each_image(independent_bare);
}

static void test_without_version(void **state)
{
    (void)state;
    for_each_image(unversioned);
}

/* Go 1.14 has register maps' indices among the unsafe points; before it nothing is preempted. */
static void test_old_versions(void **state)
{
    (void)state;
    const struct go_func f = {.name = "main.f", .size = 64, .unsafe_point = TABLE(2, 4, 3, 8, 0)}; /* 0, -2 */
    static const struct {
        const char *version, *runs;
        enum gobin_filter filter;
    } cases[] = {
        {"go1.14.15", "0-4:0 4-12:-2 ", FILTER_NONE},
        {"go1.15", "0-64:-1 ", FILTER_NONE}, /* a value that is none there: damage, and no table */
        {"go1.13.8", "0-64:-1 ", FILTER_VERSION},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct go_options o = options_of(&machines[0], GO_1_2);
        o.version = cases[i].version;
        struct go_image img = go_image_write(&o, &f, 1);
        struct gobin *bin = open_good(&img);
        struct gobin_func got;
        gobin_func(bin, 0, &got);
        assert_string_equal(runs_of(&got.unsafe_point), cases[i].runs);
        assert_int_equal(*got.damage != 0, i == 1);
        assert_int_equal(got.filter, cases[i].filter);
        uint32_t until;
        assert_int_equal(gobin_filter_at(bin, &got, 0, &until), cases[i].filter);
        assert_int_equal(until, 64);
        gobin_close(bin);
        free(img.bytes);
    }
}

static void test_gap(void **state)
{
    (void)state;
    const struct go_func with_gap[] = {funcs[0], {.name = "", .size = 64, .gap = true}, funcs[2]};
    for (int layout = GO_1_2; layout <= GO_1_16; layout++) {
        struct go_options o = options_of(&machines[2], layout);
        struct go_image img = go_image_write(&o, with_gap, 3);
        struct gobin *bin = open_good(&img);
        struct gobin_func f;
        gobin_func(bin, 1, &f);
        assert_string_equal(f.name, "");
        assert_string_equal(f.damage, "");
        assert_null(f.code);
        assert_int_equal(f.filter, FILTER_NO_MAPS);
        assert_int_equal(gobin_find(bin, f.entry), 3);
        assert_int_equal(gobin_find(bin, f.end), 2);
        gobin_close(bin);
        free(img.bytes);
    }
}

/* ---- damage ---- */

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

static void no_elf(struct go_image *img) { img->bytes[0] = 'x'; }
static void other_machine(struct go_image *img) { go_image_set(img, offsetof(Elf64_Ehdr, e_machine), 2, EM_SPARCV9); }
static void no_load(struct go_image *img)
{
    go_image_set(img, img->programs, 4, PT_NULL);
    go_image_set(img, img->programs + sizeof(Elf64_Phdr), 4, PT_NULL);
}
static void cut(struct go_image *img) { img->n = img->pclntab; }
static void cut_programs(struct go_image *img) { img->n = img->programs + 8; }
static void wrapped(struct go_image *img) { set_word(img, img->programs + offsetof(Elf64_Phdr, p_vaddr), UINT64_MAX - 8); }
static void other_magic(struct go_image *img) { go_image_set(img, img->pclntab, 4, 0xfffffff7); }
static void other_quantum(struct go_image *img) { img->bytes[img->pclntab + 6] = 8; }
static void no_funcs(struct go_image *img) { set_word(img, header_word(img, 0), 0); }
static void many_funcs(struct go_image *img) { set_word(img, header_word(img, 0), UINT64_C(1) << 63); }
static void names_behind(struct go_image *img) { set_word(img, header_word(img, 3), 1 << 20); }
static void disorder(struct go_image *img) { go_image_set(img, img->functab + 8, 4, 1000000); }
static void no_code(struct go_image *img) { set_word(img, header_word(img, 2), 0x10); img->bytes[img->programs + 4] = PF_R; }
static void func_behind(struct go_image *img) { go_image_set(img, img->functab + 4, 4, 1 << 20); }
static void func_in_table(struct go_image *img) { go_image_set(img, img->functab + 4, 4, 0); }
static void name_behind(struct go_image *img) { go_image_set(img, img->func + 4, 4, 1 << 20); }
static void many_pcdata(struct go_image *img) { go_image_set(img, img->func + 4 + 24, 4, 1 << 30); }
static void pcsp_behind(struct go_image *img) { go_image_set(img, img->func + 4 + 12, 4, 1 << 20); }
static void bad_table(struct go_image *img) { img->bytes[img->pctab + 1 + 3] = 120; }
static void bad_point(struct go_image *img) { img->bytes[img->pctab + 1 + 5 + 2] = 60; }
static void far_tree(struct go_image *img)
{
    size_t size = go_image_get(img, img->functab + 12, 4) - go_image_get(img, img->functab + 4, 4);
    go_image_set(img, img->func + INLINES * size + 4 + 40 + 12 + 3 * 4, 4, 0x7fffffff);
}

static const struct damage damages[] = {
    {"no ELF", no_elf, "it is no ELF file", NULL},
    {"another machine", other_machine, "ELF machine 43 (class 2, byte order 1) is none of the targets", NULL},
    {"nothing to load", no_load, "nothing in it is to be loaded", NULL},
    {"cut short", cut, "segment 1 ends behind the file's end", NULL},
    {"cut in its headers", cut_programs, "its program headers are not all in the file", NULL},
    {"a segment that wraps", wrapped, "segment 0 goes beyond the end of the address space", NULL},
    {"another magic", other_magic, ".gopclntab: no layout known begins like it", NULL},
    {"another quantum", other_quantum, "quantum or pointer size (at +0x6) is not amd64's", NULL},
    {"no functions", no_funcs, "its header (+0x8) says 0 functions", NULL},
    {"many functions", many_funcs, "its header (+0x8) says 9223372036854775808 functions", NULL},
    {"a table behind the end", names_behind, "a table that its header names lies behind its end", NULL},
    {"entries out of order", disorder, "the function table is out of order at +0x", NULL},
    {"no code", no_code, "no code at the first function's entry, 0x10", NULL},
    {"a _func behind the end", func_behind, NULL, "functab at +0x0: its _func lies outside of the table of them"},
    {"a _func in functab", func_in_table, NULL, "functab at +0x0: its _func lies outside of the table of them"},
    {"a name behind the end", name_behind, NULL, "its name lies behind the end of funcnametab"},
    {"too many PCDATA", many_pcdata, NULL, "its pcdata and funcdata go behind the table's end"},
    {"a table behind the end of pctab", pcsp_behind, NULL, "pcsp at +0x100000: it lies behind the end of pctab"},
    {"a table beyond the function", bad_table, NULL, "pcsp at +0x1: "},
    {"a value that is none", bad_point, NULL, "PCDATA_UnsafePoint at +0x6: "},
};

static void test_damage(void **state)
{
    (void)state;
    struct go_options o = options_of(&machines[0], GO_1_20);
    for (size_t i = 0; i < COUNT(damages); i++) {
        const struct damage *d = &damages[i];
        struct go_image img = go_image_write(&o, funcs, N);
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
    struct go_options o = options_of(&machines[0], GO_1_20);
    struct go_image img = go_image_write(&o, funcs, N);
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
    struct go_options o = options_of(&machines[0], GO_1_20);
    struct error e;
    o.no_symbols = true;
    struct go_image img = go_image_write(&o, funcs, N);
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
        uint32_t until;
        gobin_func(bin, i, &f);
        for (uint32_t at = 0; at < f.end - f.entry; at = until) {
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
        struct go_options o = options_of(&machines[layout % 2 ? 0 : 5], layout);
        o.no_symbols = layout % 2;
        o.relative = machines[layout % 2 ? 0 : 5].options.relative;
        struct go_image img = go_image_write(&o, funcs, N);
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
        struct go_options o = options_of(&machines[layout % 2 ? 1 : 3], layout);
        struct go_image img = go_image_write(&o, funcs, N);
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
        {"/bin/true", "there is no Go in it"},
        {"/", "it is a directory"},
        {"/dev/zero", "it is no regular file"},
        {"/no/such/file", "No such file or directory"},
        {EVERYPC_SOURCE_DIR "/Makefile", "it is no ELF file"},
    };
    struct error e;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_null(gobin_open(cases[i].path, &e));
        if (!strstr(e.text, cases[i].error) || strchr(e.text, '\n') || strncmp(e.text, cases[i].path, strlen(cases[i].path)) != 0)
            fail_msg("%s", e.text);
    }
    struct go_options o = options_of(&machines[0], GO_1_20);
    struct go_image img = go_image_write(&o, funcs, N);
    char path[] = "/tmp/everypc-gobin-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_null(gobin_open(path, &e));
    assert_non_null(strstr(e.text, "it is empty"));
    assert_int_equal(write(fd, img.bytes, img.n), img.n);
    struct gobin *bin = gobin_open(path, &e);
    assert_non_null(bin);
    assert_int_equal(gobin_n_funcs(bin), N);
    gobin_close(bin);
    close(fd);
    unlink(path);
    free(img.bytes);
}

static void test_bytes_and_symbols(void **state)
{
    (void)state;
    struct go_options o = options_of(&machines[0], GO_1_20);
    struct go_image img = go_image_write(&o, funcs, N);
    struct gobin *bin = open_good(&img);
    struct gobin_func f;
    uint64_t address, size;
    gobin_func(bin, 0, &f);
    assert_ptr_equal(gobin_bytes(bin, f.entry, 64), img.bytes + img.text);
    assert_ptr_equal(gobin_bytes(bin, f.entry, N * 64), img.bytes + img.text);
    assert_null(gobin_bytes(bin, f.entry, N * 64 + 1));
    assert_null(gobin_bytes(bin, 1, 1));
    assert_null(gobin_bytes(bin, f.entry, SIZE_MAX));
    assert_true(gobin_symbol(bin, "runtime.text", &address, &size));
    assert_int_equal(address, f.entry);
    assert_false(gobin_symbol(bin, "runtime.tex", &address, &size));
    gobin_close(bin);
    free(img.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_stripped),
        cmocka_unit_test(test_position_independent),
        cmocka_unit_test(test_without_version),
        cmocka_unit_test(test_old_versions),
        cmocka_unit_test(test_gap),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_damaged_inlining),
        cmocka_unit_test(test_without_moduledata),
        cmocka_unit_test(test_every_byte_damaged),
        cmocka_unit_test(test_every_length),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_bytes_and_symbols),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
