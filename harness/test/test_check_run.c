/* A whole binary on several threads: findings in the functions' order whatever the number of threads, what is
 * listed and what is only counted, what is left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include <elf.h>
#include <jansson.h>
#include <string.h>

#include "go/commands/check_run.h"
#include "go_image.h"

enum { N = 64, SIZE = 12 };

/* ldr x27, [x0]; add x1, x27, x2; ret, safe all over or with the second unsafe; and data. */
static const uint8_t uses_x27[SIZE] = {0x1b, 0x00, 0x40, 0xf9, 0x61, 0x03,
                                       0x02, 0x8b, 0xc0, 0x03, 0x5f, 0xd6};
static const uint8_t data[SIZE] = {0x78, 0x00, 0x01, 0x00, 0xc0, 0x03, 0x5f, 0xd6, 0xc0, 0x03, 0x5f, 0xd6};
/* str x30, [sp, #-32]!; bl to function N - 1; ret, whose SP is another path's. */
enum { PANICS = 3 };
static const uint8_t panics[SIZE] = {0xfe, 0x0f, 0x1e, 0xf8, ((N - 1 - PANICS) * SIZE - 4) / 4, 0, 0, 0x94,
                                     0xc0, 0x03, 0x5f, 0xd6};
static const uint8_t panics_sp[] = {2, 1, 64, 1, 63, 1, 0};
static const uint8_t no_sp[] = {2, 3, 0}, guarded[] = {0, 1, 1, 1, 2, 1, 0};
static const uint8_t restarts[] = {3, 2, 4, 1, 0}; /* the first two instructions */

static struct go_image image;
static struct gobin *bin;
static struct lost lost;

/* Functions 0, 4, 8... are wrong; of these 8, 24... are the runtime's. 1, 5... are guarded, 1 and 5 by
 * restart ranges; 2, 6... are data. */
static int setup(void **state)
{
    static char names[N][24];
    struct go_func funcs[N];
    struct error e;
    (void)state;
    memset(funcs, 0, sizeof funcs);
    for (int i = 0; i < N; i++) {
        snprintf(names[i], sizeof names[i], "%s.f%d", i % 16 == 8 ? "runtime" : "main", i);
        funcs[i] = (struct go_func){.name = names[i],
                                    .size = SIZE,
                                    .code = i % 4 == 2 ? data : uses_x27,
                                    .pcsp = {no_sp, sizeof no_sp}};
        if (i % 4 != 0 && i % 4 != 2)
            funcs[i].unsafe_point = (struct go_table){guarded, sizeof guarded};
        if (i == 1 || i == 5)
            funcs[i].unsafe_point = (struct go_table){restarts, sizeof restarts};
    }
    funcs[PANICS] = (struct go_func){
        .name = names[PANICS], .size = SIZE, .code = panics, .pcsp = {panics_sp, sizeof panics_sp}};
    funcs[N - 1].name = "runtime.gopanic"; /* function PANICS would return from it with a wrong SP */
    struct go_options o = {
        .layout = GO_1_18, .machine = EM_AARCH64, .wide = true, .quantum = 4, .version = "go1.19.8"};
    image = go_image_write(&o, funcs, N);
    bin = gobin_open_memory("image", image.bytes, image.n, &e);
    if (!bin)
        fail_msg("%s", e.text);
    lost.units.w[0] = UINT64_C(1) << 27;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    gobin_close(bin);
    free(image.bytes);
    return 0;
}

struct got {
    char text[200000];
    size_t n, done, of;
};

static void take(void *context, const char *lines, size_t done, size_t of)
{
    struct got *g = context;
    assert_true(done >= g->done && done <= of);
    g->done = done;
    g->of = of;
    if (lines) {
        assert_true(g->n + strlen(lines) < sizeof g->text);
        strcpy(g->text + g->n, lines);
        g->n += strlen(lines);
    }
}

static struct check_summary run(const struct check_options *o, struct got *g)
{
    struct check_summary s;
    struct error e;
    g->n = g->done = g->of = 0;
    g->text[0] = 0;
    if (!check_run(bin, &lost, o, take, g, &s, &e))
        fail_msg("%s", e.text);
    assert_int_equal(g->done, N);
    assert_int_equal(g->of, N);
    return s;
}

static int count(const char *text, const char *what)
{
    int n = 0;
    for (; (text = strstr(text, what)); text++)
        n++;
    return n;
}

static const struct check_options all = {.checks = (1u << N_CHECKS) - 1, .jobs = 1};

static void test_findings(void **state)
{
    static struct got one, four;
    struct check_options o = all;
    (void)state;
    struct check_summary s = run(&o, &one);
    assert_int_equal(s.functions, N);
    assert_int_equal(s.violations[CHECK_CLOBBER], N / 4 - N / 16);
    assert_int_equal(s.violating_pcs[CHECK_CLOBBER], N / 4 - N / 16);
    assert_int_equal(s.fragile[CHECK_CLOBBER], N / 16);
    assert_int_equal(s.pcs[PC_RESTART], 4);
    assert_int_equal(s.restart_ranges, 2);
    for (int c = 0; c < N_CHECKS; c++)
        if (c != CHECK_CLOBBER)
            assert_int_equal(s.violations[c] + s.fragile[c], 0);
    assert_int_equal(count(one.text, "\"check\":\"clobber\""), N / 4 - N / 16);
    assert_null(strstr(one.text, "runtime."));
    const char *at = one.text;
    for (int i = 0; i < N; i += 4) {
        char name[40];
        snprintf(name, sizeof name, "\"function\":\"main.f%d\"", i);
        if (i % 16 != 8)
            assert_non_null(at = strstr(at, name));
    }
    assert_int_equal(s.n_unknown, 1);
    assert_string_equal(s.unknown[0].mnemonic, "(invalid)");
    assert_int_equal(s.unknown[0].n, N / 4);
    assert_int_equal(s.incomplete_functions, N / 4);
    assert_int_equal(s.incomplete[UNCHECKED_UNKNOWN], N / 4);
    free(s.unknown);
    o.jobs = 4;
    s = run(&o, &four);
    free(s.unknown);
    assert_string_equal(four.text, one.text);
}

static void test_options(void **state)
{
    static struct got g;
    struct check_options o = all;
    (void)state;
    o.list_fragile = true;
    struct check_summary s = run(&o, &g);
    free(s.unknown);
    assert_int_equal(count(g.text, "\"check\":\"clobber\""), N / 4);
    assert_int_equal(count(g.text, "\"fragile\":\"runtime\""), N / 16);
    o = all;
    o.only = "main.f2*";
    o.functions = true;
    s = run(&o, &g);
    free(s.unknown);
    assert_int_equal(s.functions, 10); /* 2, and 20 to 29 but for runtime.f24 */
    assert_int_equal(count(g.text, "{\"function\":{"), 10);
    o = all;
    o.checks = 1u << CHECK_SP;
    s = run(&o, &g);
    free(s.unknown);
    assert_int_equal(s.violations[CHECK_CLOBBER], 0);
}

/* What a finding says, in full. */
static void test_report(void **state)
{
    static struct got g;
    struct check_options o = all;
    json_error_t error;
    (void)state;
    o.only = "main.f4";
    free(run(&o, &g).unknown);
    json_t *line = json_loads(g.text, 0, &error), *f = json_object_get(line, "finding"),
           *code = json_object_get(f, "code");
    assert_non_null(f);
    assert_string_equal(json_string_value(json_object_get(f, "register")), "x27");
    assert_int_equal(json_integer_value(json_object_get(f, "offset")), 4);
    assert_int_equal(json_integer_value(json_object_get(f, "n_pcs")), 1);
    json_t *pc = json_array_get(json_object_get(f, "pcs"), 0);
    assert_int_equal(json_integer_value(pc), json_integer_value(json_object_get(f, "pc")));
    assert_int_equal(json_integer_value(json_object_get(f, "blame")), 4);
    assert_true(json_is_null(json_object_get(f, "fragile")));
    assert_int_equal(json_array_size(code), 3);
    json_t *at = json_array_get(code, 1);
    assert_string_equal(json_string_value(json_object_get(at, "text")), "add x1, x27, x2");
    assert_int_equal(json_integer_value(json_object_get(at, "value")), -1);
    assert_int_equal(json_integer_value(json_object_get(at, "sp_delta")), 0);
    assert_int_equal(json_integer_value(json_object_get(at, "sp_moved")), 0);
    assert_true(json_is_true(json_object_get(at, "found")));
    assert_null(json_object_get(json_array_get(code, 0), "found"));
    json_decref(line);
}

/* What can't be checked: by reason, named, and whether it matters; linkers' markers are no functions. */
static void test_unchecked(void **state)
{
    static struct got g;
    static const uint8_t cut[] = {2}, unsafe[] = {1, 3, 0};
    /* ldr x0, [x1]; mov sp, x0; ret */
    static const uint8_t moves_sp[SIZE] = {0x20, 0x00, 0x40, 0xf9, 0x1f, 0x00,
                                           0x00, 0x91, 0xc0, 0x03, 0x5f, 0xd6};
    struct go_func funcs[] = {
        {.name = "main.damaged", .code = uses_x27, .pcsp = {cut, sizeof cut}},
        {.name = "runtime.damaged", .code = uses_x27, .pcsp = {cut, sizeof cut}},
        {.name = "main.unknown", .code = data, .pcsp = {no_sp, sizeof no_sp}},
        {.name = "main.unsafe",
         .code = data,
         .pcsp = {no_sp, sizeof no_sp},
         .unsafe_point = {unsafe, sizeof unsafe}},
        {.name = "main.sp", .code = moves_sp, .pcsp = {no_sp, sizeof no_sp}},
        {.name = "go:textfipsstart", .code = data, .no_maps = true},
        {.name = "main.marker", .code = data, .no_maps = true, .pcsp = {no_sp, sizeof no_sp}},
    };
    enum { FUNCS = sizeof funcs / sizeof *funcs };
    (void)state;
    for (int i = 0; i < FUNCS; i++)
        funcs[i].size = SIZE;
    struct go_options o = {
        .layout = GO_1_18, .machine = EM_AARCH64, .wide = true, .quantum = 4, .version = "go1.19.8"};
    struct go_image img = go_image_write(&o, funcs, FUNCS);
    struct error e;
    struct gobin *some = gobin_open_memory("image", img.bytes, img.n, &e);
    struct check_summary s;
    assert_non_null(some);
    g = (struct got){0};
    assert_true(check_run(some, &lost, &all, take, &g, &s, &e));
    assert_int_equal(s.functions, FUNCS - 1);
    assert_int_equal(s.no_code, 1);
    assert_int_equal(s.preemptible_functions, 3);
    assert_int_equal(s.incomplete_functions, 3);
    assert_int_equal(s.incomplete[UNCHECKED_DAMAGED], 1);
    assert_int_equal(s.incomplete[UNCHECKED_UNKNOWN], 1);
    assert_int_equal(s.incomplete[UNCHECKED_SP], 1);
    assert_int_equal(s.refused[UNCHECKED_DAMAGED], 1);
    assert_int_equal(s.refused[UNCHECKED_UNKNOWN], 2);
    assert_int_equal(count(g.text, "{\"unchecked\":"), 6);
    assert_int_equal(count(g.text, "\"preemptible\":true"), 3);
    assert_null(strstr(g.text, "textfips"));
    assert_non_null(strstr(g.text, "\"function\":\"main.sp\""));
    assert_non_null(strstr(g.text, "\"offset\":8"));           /* where SP is not known any more */
    assert_non_null(strstr(g.text, "\"bytes\":\"78000100\"")); /* of what is no instruction */
    free(s.unknown);
    gobin_close(some);
    free(img.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_report),
        cmocka_unit_test(test_unchecked),
    };
    return cmocka_run_group_tests_name("the checks of a binary", tests, setup, teardown);
}
