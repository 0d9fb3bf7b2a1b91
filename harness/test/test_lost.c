/* What an injected call loses, out of files that are right and wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "go/checks/lost.h"

#include <stdio.h>
#include <string.h>

static const struct effects_arch *arch;
static char path[] = "/tmp/everypc-lost-XXXXXX";

static int setup(void **state)
{
    struct error e;
    struct decoder *d = decoder_open("arm64", &e);
    int file = mkstemp(path);
    (void)state;
    assert_non_null(d);
    assert_true(file >= 0);
    close(file);
    arch = decoder_arch(d);
    decoder_close(d);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    return unlink(path);
}

static bool read_text(const char *text, struct lost *lost, struct error *e)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    return lost_read(path, arch, lost, e);
}

/* Whether exactly this unit's name and part is in the set, of the register's. */
static bool has(const struct lost *lost, const char *reg, int part)
{
    for (int u = 0; u < arch->n_units; u++)
        if (strcmp(arch->units[u].reg, reg) == 0 && arch->units[u].part == part)
            return unit_in(&lost->units, u);
    return false;
}

static void test_good(void **state)
{
    struct lost lost;
    struct error e;
    (void)state;
    assert_true(read_text("{\"target\": \"arm64\", \"lost\": [{\"reg\": \"x27\"}, {\"reg\": \"v1\", "
                          "\"parts\": [1]}, {\"reg\": \"v2\"}]}",
                          &lost, &e));
    assert_true(has(&lost, "x27", 0) && has(&lost, "v1", 1) && has(&lost, "v2", 0) && has(&lost, "v2", 1));
    assert_false(has(&lost, "v1", 0) || has(&lost, "x26", 0) || has(&lost, "z2", 0));
    assert_int_equal(lost.kept_below_sp, arch->kept_below_sp);
    assert_true(read_text("{\"target\": \"arm64\", \"lost\": [], \"kept_below_sp\": 24}", &lost, &e));
    assert_int_equal(lost.kept_below_sp, 24);
    assert_false(has(&lost, "x27", 0));
}

static void test_bad(void **state)
{
    static const struct {
        const char *text, *error;
    } rows[] = {
        {"{", "expected"},
        {"[]", "expected {"},
        {"{\"target\": \"arm64\"}", "expected {"},
        {"{\"target\": \"mips\", \"lost\": []}", "was measured on mips"},
        {"{\"target\": \"arm64\", \"lost\": [{\"reg\": \"x27\"}, {\"reg\": \"r23\"}]}", "entry 1"},
        {"{\"target\": \"arm64\", \"lost\": [{\"reg\": \"v1\", \"parts\": [0, 2]}]}", "entry 0"},
        {"{\"target\": \"arm64\", \"lost\": [{\"reg\": \"v1\", \"parts\": \"0\"}]}", "entry 0"},
        {"{\"target\": \"arm64\", \"lost\": [], \"kept_below_sp\": -8}", "kept_below_sp"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lost lost;
        struct error e = {""};
        assert_false(read_text(rows[i].text, &lost, &e));
        assert_non_null(strstr(e.text, rows[i].error));
    }
    struct lost lost;
    struct error e;
    assert_false(lost_read("/nowhere/lost.json", arch, &lost, &e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_good), cmocka_unit_test(test_bad)};
    return cmocka_run_group_tests_name("what an injected call loses", tests, setup, teardown);
}
