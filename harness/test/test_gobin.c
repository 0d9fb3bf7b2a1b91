/* Tests of the reader of Go binaries, on images that go_image.c writes: every layout, word size and byte
 * order, with and without sections, symbols and fixed addresses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "go/binary/gobin.h"
#include "go_samples.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define TABLE(...) \
    { \
        (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}) \
    }

static const char *const layout_names[] = {"1.2", "1.16", "1.18", "1.20", "1.20"};
static const enum gobin_filter filters[N_SAMPLES] = {
    FILTER_NONE, FILTER_ASM, FILTER_RUNTIME, FILTER_NONE, FILTER_RUNTIME, FILTER_NO_MAPS, FILTER_ASM};

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
        n += snprintf(text + n, sizeof text - (size_t)n, "%u-%u:%d ", it.run.start / table->quantum,
                      it.run.end / table->quantum, it.run.value);
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
        n += snprintf(text + n, sizeof text - (size_t)n, "%u:%s ", at / f.sp_delta.quantum,
                      gobin_filter_text(filter));
    }
    assert_string_equal(text, expected);
}

static const char *line_of(const struct gobin *bin, size_t i, uint32_t quanta)
{
    static char text[80];
    struct gobin_func f;
    const char *file;
    uint32_t line;
    gobin_func(bin, i, &f);
    if (!gobin_line(bin, &f, quanta * f.sp_delta.quantum, &file, &line))
        return "nowhere";
    snprintf(text, sizeof text, "%s:%u", file, (unsigned)line);
    return text;
}

static void check_lines(const struct gobin *bin)
{
    assert_string_equal(line_of(bin, PLAIN, 0), "/home/u/main.go:10");
    assert_string_equal(line_of(bin, PLAIN, 3), "/home/u/main.go:7");
    assert_string_equal(line_of(bin, PLAIN, 5), "sort/sort.go:7");
    assert_string_equal(line_of(bin, PLAIN, 12), "nowhere"); /* behind the tables' end: padding */
    assert_string_equal(line_of(bin, MEMMOVE, 0), "nowhere");
}

/* All that the reader says of the functions above, whatever the image. */
static void check_image(const struct go_options *o, const char *target)
{
    struct go_image img = go_image_write(o, go_samples, N_SAMPLES);
    struct gobin *bin = open_good(&img);
    struct gobin_func f, next;

    assert_string_equal(gobin_target(bin), target);
    assert_string_equal(gobin_layout(bin), layout_names[o->layout]);
    assert_string_equal(gobin_version(bin), o->no_build_info ? "" : o->version);
    assert_int_equal(gobin_is_big_endian(bin), o->big_endian);
    assert_int_equal(gobin_pointer_size(bin), o->wide ? 8 : 4);
    assert_int_equal(gobin_obeys_restarts(bin), o->layout != GO_1_2);
    assert_int_equal(gobin_n_funcs(bin), N_SAMPLES);
    for (size_t i = 0; i < N_SAMPLES; i++) {
        gobin_func(bin, i, &f);
        assert_string_equal(f.damage, "");
        assert_string_equal(f.name, go_samples[i].name);
        assert_int_equal(f.end - f.entry, go_samples[i].size);
        assert_ptr_equal(f.code, img.bytes + img.text + 64 * i);
        assert_int_equal(f.args, go_samples[i].args);
        assert_int_equal(f.func_id, go_samples[i].id);
        assert_int_equal(f.flags, o->layout >= GO_1_16 ? go_samples[i].flag : 0);
        assert_int_equal(f.filter, filters[i]);
        assert_int_equal(gobin_find(bin, f.entry), i);
        assert_int_equal(gobin_find(bin, f.end - 1), i);
        assert_int_equal(f.locals_maps != 0, !go_samples[i].no_maps);
        assert_int_equal(f.inl_tree != 0, go_samples[i].inlined[0] != NULL);
        if (i + 1 < N_SAMPLES) {
            gobin_func(bin, i + 1, &next);
            assert_int_equal(next.entry, f.end);
        }
    }
    assert_int_equal(gobin_find(bin, f.end), N_SAMPLES);
    gobin_func(bin, PLAIN, &f);
    assert_int_equal(gobin_find(bin, f.entry - 1), N_SAMPLES);
    assert_string_equal(runs_of(&f.sp_delta), "0-4:0 4-12:32 ");
    assert_string_equal(runs_of(&f.unsafe_point), "0-2:-1 2-5:-2 5-9:-3 9-16:-1 ");
    assert_int_equal(f.unsafe_point.kind, PCTAB_UNSAFE_POINT);
    check_filters(bin, PLAIN, "0:preemptible ");
    check_filters(bin, INLINES, "0:preemptible 2:runtime 5:preemptible ");
    check_filters(bin, REFLECT, "0:preemptible 8:runtime ");
    check_filters(bin, MEMMOVE, "0:assembly ");
    check_lines(bin);
    gobin_close(bin);
    free(img.bytes);
}

static void for_each_image(void (*change)(struct go_options *o))
{
    for (size_t m = 0; m < N_MACHINES; m++)
        for (int layout = 0; layout < GO_LAYOUTS; layout++) {
            struct go_options o = go_options_for(&go_machines[m], layout);
            o.relative = go_machines[m].options.relative;
            change(&o);
            check_image(&o, go_machines[m].target);
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

/* PE and Mach-O: the same tables at the same addresses. */
static void test_other_formats(void **state)
{
    (void)state;
    for (int format = GO_PE; format < GO_FORMATS; format++)
        for (int m = AMD64; m <= ARM; m++)
            for (int layout = 0; layout < GO_LAYOUTS; layout++)
                for (int left_out = 0; left_out < 8; left_out++) {
                    struct go_options o = go_options_for(&go_machines[m], layout);
                    o.format = format;
                    o.no_symbols = left_out & 1;
                    o.no_sections = left_out & 2;
                    o.no_build_info = left_out & 4;
                    check_image(&o, go_machines[m].target);
                }
}

/* As Apple's linker leaves pointers: links of chains, in both forms that Go's targets have. */
static void test_chained_fixups(void **state)
{
    (void)state;
    static const int machines[] = {AMD64, ARM64}, formats[] = {2, 6};
    for (size_t m = 0; m < COUNT(machines); m++)
        for (size_t f = 0; f < COUNT(formats); f++)
            for (int layout = GO_1_18; layout < GO_LAYOUTS; layout++)
                for (int left_out = 0; left_out < 8; left_out++) {
                    struct go_options o = go_options_for(&go_machines[machines[m]], layout);
                    o.format = GO_MACHO;
                    o.chained = (uint16_t)formats[f];
                    o.no_symbols = left_out & 1;
                    o.no_sections = left_out & 2;
                    o.no_build_info = left_out & 4;
                    check_image(&o, go_machines[machines[m]].target);
                }
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
        struct go_options o = go_options_for(&go_machines[AMD64], GO_1_2);
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

/* What the runtime does changes with its version, in patch releases too. */
static void test_by_version(void **state)
{
    (void)state;
    /* main.f with internal/runtime/atomic.Load inlined at quanta 2 to 5, and a function of that package. */
    const struct go_func funcs[] = {
        {.name = "main.f",
         .size = 64,
         .inl_index = TABLE(0, 2, 2, 3, 1, 11, 0),
         .inlined = {"internal/runtime/atomic.Load"}},
        {.name = "internal/runtime/maps.grow", .size = 64},
        {.name = "runtime/internal/sys.Bswap", .size = 64},
    };
    static const struct {
        const char *version;
        bool refuses, scans; /* internal/runtime/; the slot of the link register */
    } cases[] = {
        {"go1.22.12", false, false},
        {"go1.23", false, false},
        {"go1.23.7", false, false},
        {"go1.23.12", false, false},
        {"go1.24rc1", false, false},
        {"go1.24.0", false, false},
        {"go1.24.1", false, false},
        {"go1.24.2", true, false},
        {"go1.24.10", true, false},
        {"go1.25", true, false},
        {"go1.25.12", true, false},
        {"go1.26", true, false},
        {"go1.26.9", true, false},
        {"go1.26.10", true, true},
        {"go1.26.11", true, true},
        {"go1.27.2", true, false},
        {"go1.27.3", true, true},
        {"go1.28-devel_1234", true, true},
        {"devel +1234", true, false} /* unknown */,
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct go_options o = go_options_for(&go_machines[AMD64], GO_1_20);
        struct gobin_func f;
        o.version = cases[i].version;
        struct go_image img = go_image_write(&o, funcs, COUNT(funcs));
        struct gobin *bin = open_good(&img);
        enum gobin_filter expected = cases[i].refuses ? FILTER_RUNTIME : FILTER_NONE;
        check_filters(bin, 0, cases[i].refuses ? "0:preemptible 2:runtime 5:preemptible " : "0:preemptible ");
        gobin_func(bin, 1, &f);
        assert_int_equal(f.filter, expected);
        gobin_func(bin, 2, &f);
        assert_int_equal(f.filter, FILTER_RUNTIME);
        assert_int_equal(gobin_scans_pushed_link(bin), cases[i].scans);
        gobin_close(bin);
        free(img.bytes);
    }
}

static void test_gap(void **state)
{
    (void)state;
    const struct go_func with_gap[] = {go_samples[0], {.name = "", .size = 64, .gap = true}, go_samples[2]};
    for (int layout = GO_1_2; layout <= GO_1_16; layout++) {
        struct go_options o = go_options_for(&go_machines[MIPS], layout);
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

static void test_bytes_and_symbols(void **state)
{
    (void)state;
    struct go_options o = go_options_for(&go_machines[AMD64], GO_1_20);
    struct go_image img = go_image_write(&o, go_samples, N_SAMPLES);
    struct gobin *bin = open_good(&img);
    struct gobin_func f;
    uint64_t address, size;
    gobin_func(bin, 0, &f);
    assert_ptr_equal(gobin_bytes(bin, f.entry, 64), img.bytes + img.text);
    assert_ptr_equal(gobin_bytes(bin, f.entry, N_SAMPLES * 64), img.bytes + img.text);
    assert_null(gobin_bytes(bin, f.entry, N_SAMPLES * 64 + 1));
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
        cmocka_unit_test(test_other_formats),
        cmocka_unit_test(test_chained_fixups),
        cmocka_unit_test(test_without_version),
        cmocka_unit_test(test_old_versions),
        cmocka_unit_test(test_by_version),
        cmocka_unit_test(test_gap),
        cmocka_unit_test(test_bytes_and_symbols),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
