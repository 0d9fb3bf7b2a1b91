/* What comes over a guest's console is taken apart as it was put together, however it is cut; what is damaged
 * is noticed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest/frames.h"
#include "guest/newc.h"

/* What a sink got: kind and bytes of each frame, text joined. */
static char got[512];

static void sink(void *data, int kind, const char *bytes, size_t n)
{
    char one[128];
    (void)data;
    if (kind == FRAME_TEXT)
        snprintf(one, sizeof one, "%.*s", (int)n, bytes);
    else
        snprintf(one, sizeof one, "<%c%.*s>", kind, (int)n, bytes);
    strcat(got, one);
}

static const char stream[] = "SLOF\r\n\x1e"
                             "b0000\x1f\x1eo0005{\"a\"}\x1fpanic\n\x1es0003139\x1f";

static void frames_are_the_same_however_they_are_cut(void **state)
{
    (void)state;
    for (size_t piece = 1; piece < sizeof stream; piece++) {
        struct frames f = {0};
        got[0] = 0;
        for (size_t at = 0; at < sizeof stream - 1; at += piece) {
            size_t n = sizeof stream - 1 - at < piece ? sizeof stream - 1 - at : piece;
            assert_true(frames_feed(&f, stream + at, n, sink, NULL));
        }
        assert_string_equal(got, "SLOF\r\n<b><o{\"a\"}>panic\n<s139>");
    }
}

static void what_is_written_into_a_frame_is_noticed(void **state)
{
    static const char *const damaged[] = {"\x1eo0005{\"a[ 12.3] printk\n\"}\x1f",
                                          "\x1eo00[ 12.3] printk05{}\x1f", "\x1eoffff{}\x1f"};
    (void)state;
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        struct frames f = {0};
        assert_false(frames_feed(&f, damaged[i], strlen(damaged[i]), sink, NULL));
    }
}

static void an_archive_has_its_entries_at_multiples_of_four(void **state)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    (void)state;
    newc_add(out, &(struct newc_entry){.name = "init", .mode = 0100755, .bytes = "12345", .size = 5});
    newc_end(out);
    assert_int_equal(fclose(out), 0);
    assert_memory_equal(text, "07070100000000000081ed", 22);
    assert_memory_equal(text + 54, "00000005", 8);  /* the size */
    assert_memory_equal(text + 94, "00000005", 8);  /* of the name, with its NUL */
    assert_memory_equal(text + 110, "init\0\0", 6); /* and up to a multiple of four */
    assert_memory_equal(text + 116,
                        "12345\0\0\0"
                        "070701",
                        14);
    assert_memory_equal(text + 124 + 110, "TRAILER!!!", 11);
    assert_int_equal(size % 4, 0);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_are_the_same_however_they_are_cut),
        cmocka_unit_test(what_is_written_into_a_frame_is_noticed),
        cmocka_unit_test(an_archive_has_its_entries_at_multiples_of_four),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
