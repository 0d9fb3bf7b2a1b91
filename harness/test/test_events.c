/* The writer of events: numbers at their limits, what a JSON string must not hold, and an event longer than
 * what is put together at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "probe/events.h"

static char written[65536];

/* What an event with the members that `add` gives it is written as. */
static const char *event(void (*add)(void))
{
    FILE *file = tmpfile();
    int before = dup(STDOUT_FILENO);
    assert_non_null(file);
    fflush(stdout);
    dup2(fileno(file), STDOUT_FILENO);
    event_begin("it");
    add();
    event_end(1);
    dup2(before, STDOUT_FILENO);
    close(before);
    rewind(file);
    written[fread(written, 1, sizeof written - 1, file)] = 0;
    fclose(file);
    return written;
}

static void numbers(void)
{
    event_number("zero", 0);
    event_number("ten", 10);
    event_number("u32", UINT32_MAX);
    event_number("more", UINT64_C(4294967296));
    event_number("zeros", UINT64_C(10000000000000000000));
    event_number("u64", UINT64_MAX);
    event_signed("least", INT64_MIN);
    event_signed("minus", -5);
    event_signed("most", INT64_MAX);
}

static void test_numbers(void **state)
{
    (void)state;
    assert_string_equal(event(numbers),
                        "{\"ev\":\"it\",\"zero\":0,\"ten\":10,\"u32\":4294967295,\"more\":4294967296,"
                        "\"zeros\":10000000000000000000,\"u64\":18446744073709551615,"
                        "\"least\":-9223372036854775808,\"minus\":-5,\"most\":9223372036854775807}\n");
}

static void strings(void)
{
    event_string("s", "a\"b\\c\nd\te\x7f\xff");
    event_list("none");
    event_list_end();
    event_list("two");
    event_item("x");
    event_item("y\"");
    event_list_end();
}

static void test_strings(void **state)
{
    (void)state;
    assert_string_equal(event(strings), "{\"ev\":\"it\",\"s\":\"a\\\"b\\\\c\\nd\\u0009e\\u007f\\u00ff\","
                                        "\"none\":[],\"two\":[\"x\",\"y\\\"\"]}\n");
}

static char large[30001];

static void long_string(void)
{
    event_string("s", large);
}

static void test_long(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof large - 1; k++)
        large[k] = (char)('a' + k % 23);
    const char *got = event(long_string), *start = "{\"ev\":\"it\",\"s\":\"";
    assert_memory_equal(got, start, strlen(start));
    assert_memory_equal(got + strlen(start), large, sizeof large - 1);
    assert_string_equal(got + strlen(start) + sizeof large - 1, "\"}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
