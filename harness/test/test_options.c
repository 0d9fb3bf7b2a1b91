/* The probe's command line: every kind of option, those added to the probe's own, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <getopt.h>
#include <unistd.h>

#include <cmocka.h>

#include "probe/options.h"

enum { SAID = 2048 };

struct more {
    struct options o;
    bool flag;
    const char *text;
};
static const struct option_row more_rows[] = {
    {"extra", NULL, OPTION_FLAG, offsetof(struct more, flag), NULL},
    {"name", "GLOB", OPTION_TEXT, offsetof(struct more, text), NULL},
    {0},
};

static char said[SAID]; /* on stderr */

/* Parses up to two words. */
static bool parsed(struct options *o, const struct option_row *more, const char *a, const char *b)
{
    char *argv[] = {"probe", (char *)(uintptr_t)a, (char *)(uintptr_t)b, NULL};
    FILE *file = tmpfile();
    int before = dup(STDERR_FILENO);
    assert_non_null(file);
    fflush(stderr);
    dup2(fileno(file), STDERR_FILENO);
    optind = 0;
    bool ok = options_parse(o, more, a ? b ? 3 : 2 : 1, argv);
    fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
    rewind(file);
    said[fread(said, 1, sizeof said - 1, file)] = '\0';
    fclose(file);
    return ok;
}

static void test_each_kind(void **state)
{
    (void)state;
    struct options o;
    assert_true(parsed(&o, NULL, NULL, NULL));
    assert_true(o.seed == 1 && o.shards == 1 && o.visit == 1 && o.without == 0 && !o.free_mode);
    assert_string_equal(o.cases, "*");
    assert_true(parsed(&o, NULL, "--mode", "free") && o.free_mode);
    assert_true(parsed(&o, NULL, "--depth", "full") && o.full);
    assert_true(parsed(&o, NULL, "--seed", "0x100000000") && o.seed == UINT64_C(0x100000000));
    assert_true(parsed(&o, NULL, "--shard", "2/3") && o.shard == 2 && o.shards == 3);
    assert_true(parsed(&o, NULL, "--blame", "add.0@+0x0#0=2,add.1@+0x4#0") && o.blame);
    assert_true(parsed(&o, NULL, "--no-mend", "--verbose") && o.fire.unmended && o.verbose);
    assert_true(parsed(&o, NULL, "--budget", "0.5") && o.budget == 0.5);
}

static void test_an_oracle_is_left_out_by_its_name(void **state)
{
    (void)state;
    struct options o;
    assert_true(parsed(&o, NULL, "--without", "sp-delta"));
    assert_false(oracle_is_on(o.without, ORACLE_SP_DELTA));
    assert_true(oracle_is_on(o.without, ORACLE_STATE));
    assert_true(parsed(&o, NULL, "--without=state", "--without=hang"));
    assert_false(oracle_is_on(o.without, ORACLE_STATE) || oracle_is_on(o.without, ORACLE_HANG));
    for (int k = NO_ORACLE + 1; k < N_ORACLES; k++) {
        assert_true(parsed(&o, NULL, "--without", oracle_name((enum oracle)k)));
        assert_int_equal(o.without, only_oracle((enum oracle)k));
    }
}

static void test_a_wrong_name_is_refused_with_the_right_ones(void **state)
{
    (void)state;
    struct options o;
    const char *const wrong[] = {"stat", "ok", "", "State"};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++)
        assert_false(parsed(&o, NULL, "--without", wrong[k]));
    assert_non_null(strstr(said, "decision, frame, sp-delta, return, roots, state, platform"));
    assert_non_null(strstr(said, "crash, hang\n"));
}

static void test_what_is_refused(void **state)
{
    (void)state;
    struct options o;
    assert_false(parsed(&o, NULL, "--seed", "-1"));
    assert_string_equal(said, "probe: --seed does not take \"-1\"\n");
    assert_false(parsed(&o, NULL, "--shard", "3/2"));
    assert_false(parsed(&o, NULL, "--blame", "add.0@+0x0#0=0"));
    assert_false(parsed(&o, NULL, "--blame", "add.0@+0x0#0=1,add.1@+0x0#0=two"));
    assert_false(parsed(&o, NULL, "--blame", "add.0@+0x0#0=-1"));
    assert_false(parsed(&o, NULL, "--mode", "fast"));
    assert_false(parsed(&o, NULL, "word", NULL));
    assert_non_null(strstr(said, "usage: probe [--mode pin|free]"));
    assert_false(parsed(&o, NULL, "--help", NULL));
}

static void test_more_options(void **state)
{
    (void)state;
    struct more m = {.text = "*"};
    assert_true(parsed(&m.o, more_rows, "--extra", "--name=a*") && m.flag);
    assert_string_equal(m.text, "a*");
    assert_false(parsed(&m.o, NULL, "--extra", NULL));
    assert_null(strstr(said, "--name GLOB"));
    assert_false(parsed(&m.o, more_rows, "--help", NULL));
    assert_non_null(strstr(said, "--name GLOB"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_kind),
        cmocka_unit_test(test_an_oracle_is_left_out_by_its_name),
        cmocka_unit_test(test_a_wrong_name_is_refused_with_the_right_ones),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_more_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
