/* Dumps of code that a program made: what the reader takes of the header, what it refuses, and with which
 * line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "go/binary/gobin.h"

#define START "everypc code 1\ntarget arm64\n"
#define TEXT  START "system linux\nversion go1.27.4\ntext 0x10000 32\n"
/* A gap of 4 bytes, two functions, and what is no function behind them. */
#define WHOLE \
    TEXT "# by hand\ndata 0x20000 4\nsymbol 0x700000 runtime.gopanic\n" \
         "func 0x10004 8 jit.f args=16\nsp 4:0 8:16\nunsafe 4:-2 8:-1\n" \
         "func 0x1000c 12 jit.asm flags=4 maps=0\nend\n"

static char bytes[4096];

static size_t dump(const char *header, size_t n_bytes)
{
    size_t n = strlen(header);
    memcpy(bytes, header, n);
    for (size_t i = 0; i < n_bytes; i++)
        bytes[n + i] = (char)i;
    return n + n_bytes;
}

static void functions_have_their_tables(void **state)
{
    (void)state;
    struct error e;
    struct gobin_func f;
    struct pc_run run;
    struct gobin *bin = gobin_open_memory("d", bytes, dump(WHOLE, 36), &e);
    if (!bin)
        fail_msg("%s", e.text);
    assert_string_equal(gobin_target(bin), "arm64");
    assert_string_equal(gobin_version(bin), "go1.27.4");
    assert_string_equal(gobin_system(bin), "linux");
    assert_int_equal(gobin_n_funcs(bin), 3);
    gobin_func(bin, 0, &f); /* the gap */
    assert_int_equal(f.end - f.entry, 4);
    assert_null(f.code);
    gobin_func(bin, 1, &f);
    assert_string_equal(f.name, "jit.f");
    assert_int_equal(f.entry, 0x10004);
    assert_int_equal(f.end, 0x1000c);
    assert_int_equal(f.code[0], 4);
    assert_int_equal(f.args, 16);
    assert_int_equal(f.filter, FILTER_NONE);
    assert_int_equal(pctab_lookup(&f.sp_delta, 4, &run), PCTAB_OK);
    assert_int_equal(run.value, 16);
    assert_int_equal(pctab_lookup(&f.unsafe_point, 0, &run), PCTAB_OK);
    assert_int_equal(run.value, POINT_UNSAFE);
    gobin_func(bin, 2, &f);
    assert_int_equal(f.end, 0x10018);
    assert_int_equal(f.filter, FILTER_ASM);
    assert_int_equal(gobin_find(bin, 0x10018), gobin_n_funcs(bin));
    assert_string_equal(gobin_external(bin, 0x700000), "runtime.gopanic");
    assert_int_equal(*gobin_bytes(bin, 0x20000, 4), 32);
    gobin_close(bin);
}

static void what_is_wrong_is_said_with_its_line(void **state)
{
    static const struct {
        const char *header;
        size_t n_bytes;
        const char *error;
    } wrong[] = {
        {"everypc code 1\ntarget none\nend\n", 0, "d:2: \"target\" and a GOARCH"},
        {"everypc code 1\ntext 0 4\nend\n", 0, "d:2: the first line after"},
        {START "nonsense\nend\n", 0, "d:3: no line of a dump begins with this word"},
        {START "text 0x1000\nend\n", 4, "d:3: an address and a number of bytes"},
        {START "text 0xffffffffffffffff 4\nend\n", 4, "d:3: an address and a number of bytes"},
        {TEXT "text 0x20000 4\nend\n", 36, "d:6: a second text"},
        {TEXT "func 0x10000 36 f\nend\n", 32, "d:6: a function that is not inside the text"},
        {TEXT "func 0x10000 8 f\nfunc 0x10004 8 g\nend\n", 32, "d:7: a function that is not inside the text"},
        {TEXT "func 0x10000 8 f size=2\nend\n", 32, "d:6: behind a function's name"},
        {TEXT "sp 4:0\nend\n", 32, "d:6: a table, and no function above it"},
        {TEXT "func 0x10000 8 f\nsp 12:0\nend\n", 32, "d:7: pairs END:VALUE"},
        {TEXT "func 0x10000 8 f\nsp 8:0 4:16\nend\n", 32, "d:7: pairs END:VALUE"},
        {TEXT "func 0x10000 8 f\nunsafe 8:7\nend\n", 32, "d:7: a value"},
        {TEXT "func 0x10000 8 f\nsp 3:0\nend\n", 32, "d:7: "},
        {TEXT "func 0x10000 8 f\nend\n", 31, "d:7: behind \"end\" there are 31 bytes, not 32"},
        {TEXT "func 0x10000 8 f\n", 0, "d:7: the header has no line \"end\""},
        {TEXT "end\n", 32, "d:6: a dump has a text, and either functions or a pclntab"},
        {TEXT "pclntab 0x20000 8\nend\n", 40, "d:7: with a pclntab, \"gofunc\""},
        {TEXT "pclntab 0x20000 8\ngofunc 0\nend\n", 40, "d: .gopclntab: unknown magic number"},
    };
    (void)state;
    struct error e;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct gobin *bin = gobin_open_memory("d", bytes, dump(wrong[i].header, wrong[i].n_bytes), &e);
        if (bin || strncmp(e.text, wrong[i].error, strlen(wrong[i].error)) != 0)
            fail_msg("%zu: %s instead of %s", i, bin ? "it opens" : e.text, wrong[i].error);
    }
}

static void damage_is_found_or_harmless(void **state)
{
    (void)state;
    size_t n = dump(WHOLE, 36);
    for (size_t at = 0; at < n; at++)
        for (int change = 0; change < 3; change++) {
            struct error e = {""};
            char *copy = malloc(n);
            assert_non_null(copy);
            memcpy(copy, bytes, n);
            copy[at] = (char)(change == 0 ? copy[at] + 1 : change == 1 ? '9' : '\n');
            struct gobin *bin = gobin_open_memory("d", copy, change ? n : at, &e);
            assert_true(bin || *e.text);
            for (size_t i = 0; bin && i < gobin_n_funcs(bin); i++) {
                struct gobin_func f;
                gobin_func(bin, i, &f);
            }
            gobin_close(bin);
            free(copy);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_have_their_tables),
        cmocka_unit_test(what_is_wrong_is_said_with_its_line),
        cmocka_unit_test(damage_is_found_or_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
