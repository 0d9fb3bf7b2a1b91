/* Tests of the PC-value tables: bytes computed by hand from Go's rules, the tables of all Progs in
 * cases/go, and every error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "pctab/pctab.h"
#include "go_progs.h"
#include "pctab_help.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* The bytes by hand. A value's change v is 2v when positive or zero, -2v-1 when negative; a PC's advance
 * is (end - start) / quantum; both least significant 7 bits first, bit 7 set in all bytes but the last. */
struct vector {
    const char *what;
    uint32_t quantum;
    size_t n, length;
    struct pc_run runs[5];
    uint8_t bytes[16];
};

/* clang-format off */
static const struct vector vectors[] = {
    /* 0, 8/4; -1 -> 1, 4/4; +1 -> 2, 8/4; end */
    {"safe, unsafe, safe", 4, 3, 7, {{0, 8, -1}, {8, 12, -2}, {12, 20, -1}}, {0x00, 2, 0x01, 1, 0x02, 2, 0}},
    /* the first change need not be 0: -1 -> 1, 4/4; -1 -> 1, 8/4; -1 -> 1, 4/4; +1 -> 2, 4/4; end */
    {"adjacent restarts", 4, 4, 9, {{0, 4, -2}, {4, 12, -3}, {12, 16, -4}, {16, 20, -3}},
        {1, 1, 1, 2, 1, 1, 2, 1, 0}},
    /* -1 to -5: -4 -> 7, 4/4; +4 -> 8, 4/4; end */
    {"entry restart", 4, 2, 5, {{0, 4, -5}, {4, 8, -1}}, {7, 1, 8, 1, 0}},
    /* -1 to -3: -2 -> 3; -3 to -1: +2 -> 4; -1 to -4: -3 -> 5; -4 to -1: +3 -> 6 */
    {"changes by 2 and 3", 4, 4, 9, {{0, 4, -3}, {4, 8, -1}, {8, 12, -4}, {12, 16, -1}},
        {3, 1, 4, 1, 5, 1, 6, 1, 0}},
    /* quanta of 2: 6/2, 12/2, 4/2 */
    {"s390x", 2, 3, 7, {{0, 6, -1}, {6, 18, -2}, {18, 22, -1}}, {0, 3, 1, 6, 2, 2, 0}},
    /* quanta of 1: 9, 14 - 9 */
    {"amd64", 1, 2, 5, {{0, 9, -1}, {9, 14, -2}}, {0, 9, 1, 5, 0}},
    /* 127 = 7f is the last that fits one byte; 128 = 0 + 1 * 2^7 -> 80 01 */
    {"one and two bytes", 1, 2, 6, {{0, 127, -2}, {127, 255, -1}}, {1, 0x7f, 2, 0x80, 1, 0}},
    /* 300 = 44 + 2 * 2^7 -> 80+2c 02; 19700 = 116 + 25 * 2^7 + 1 * 2^14 -> 80+74 80+19 01 */
    {"three bytes", 1, 3, 10, {{0, 300, -1}, {300, 20000, -2}, {20000, 20001, -1}},
     {0, 0xac, 2, 1, 0xf4, 0x99, 1, 2, 1, 0}},
    /* 0xfffffffc / 4 = 2^30 - 1: four times seven ones, and two -> ff ff ff ff 03 */
    {"the longest function, quantum 4", 4, 1, 7, {{0, 0xfffffffc, -2}}, {1, 0xff, 0xff, 0xff, 0xff, 3, 0}},
    /* 2^32 - 1: four times seven ones, and four -> ff ff ff ff 0f */
    {"the longest function, quantum 1", 1, 1, 7, {{0, 0xffffffff, -2}}, {1, 0xff, 0xff, 0xff, 0xff, 0x0f, 0}},
};
/* clang-format on */

static void known_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(vectors); i++) {
        const struct vector *v = &vectors[i];
        uint8_t *out = malloc(v->length);
        size_t length = 77;

        print_message("  %s\n", v->what);
        assert_int_equal(pctab_encode(v->runs, v->n, v->quantum, out, v->length, &length), PCTAB_OK);
        assert_int_equal(length, v->length);
        assert_memory_equal(out, v->bytes, length);
        free(out);

        uint8_t *bytes = at_block_end(v->bytes, v->length);
        struct pctab table = {bytes, v->length, v->runs[v->n - 1].end, v->quantum, PCTAB_UNSAFE_POINT};
        struct pctab_iter it;
        enum pctab_error error = PCTAB_NO_SPACE;
        pctab_begin(&it, &table);
        for (size_t r = 0; r < v->n; r++) {
            assert_true(pctab_next(&it, &error));
            assert_int_equal(error, PCTAB_OK);
            assert_run_equal(it.run, v->runs[r]);
        }
        for (int twice = 0; twice < 2; twice++) {
            assert_false(pctab_next(&it, &error));
            assert_int_equal(error, PCTAB_OK);
        }
        assert_int_equal(pctab_check(&table), PCTAB_OK);
        free(bytes);
    }
}

static void merges_neighbours(void **state)
{
    const struct pc_run runs[] = {{0, 4, -1}, {4, 8, -1}, {8, 12, -3}, {12, 16, -3}, {16, 20, -1}};
    const uint8_t merged[] = {0, 2, 3, 2, 4, 1, 0};
    uint8_t out[16];
    size_t length;
    (void)state;

    assert_int_equal(pctab_encode(runs, 5, 4, out, sizeof out, &length), PCTAB_OK);
    assert_int_equal(length, sizeof merged);
    assert_memory_equal(out, merged, length);
}

static void empty_tables(void **state)
{
    const struct pc_run safe[] = {{0, 4, -1}, {4, 12, -1}};
    struct pctab table = {NULL, 0, 12, 4, PCTAB_UNSAFE_POINT};
    struct pctab_iter it;
    struct pc_run run;
    enum pctab_error error;
    size_t length = 77;
    (void)state;

    assert_int_equal(pctab_encode(safe, 2, 4, NULL, 0, &length), PCTAB_OK);
    assert_int_equal(length, 0);
    length = 77;
    assert_int_equal(pctab_encode(NULL, 0, 4, NULL, 0, &length), PCTAB_OK);
    assert_int_equal(length, 0);

    pctab_begin(&it, &table);
    assert_true(pctab_next(&it, &error));
    assert_run_equal(it.run, (struct pc_run){0, 12, -1});
    assert_false(pctab_next(&it, &error));
    assert_int_equal(error, PCTAB_OK);
    assert_int_equal(pctab_lookup(&table, 11, &run), PCTAB_OK);
    assert_run_equal(run, (struct pc_run){0, 12, -1});
    assert_int_equal(pctab_lookup(&table, 12, &run), PCTAB_NOT_COVERED);

    table.func_size = 0;
    pctab_begin(&it, &table);
    assert_false(pctab_next(&it, &error));
    assert_int_equal(error, PCTAB_OK);
    assert_int_equal(pctab_lookup(&table, 0, &run), PCTAB_NOT_COVERED);
}

static void ends_before_the_function(void **state)
{
    /* 2 quanta of 4 in a function of 16 bytes; behind the terminator, another table. */
    const uint8_t bytes[] = {1, 2, 0, 0xff, 0xff};
    struct pctab table = {bytes, sizeof bytes, 16, 4, PCTAB_UNSAFE_POINT};
    struct pc_run run = {5, 6, 7};
    (void)state;

    assert_int_equal(pctab_check(&table), PCTAB_OK);
    assert_int_equal(pctab_lookup(&table, 8, &run), PCTAB_NOT_COVERED);
    assert_run_equal(run, (struct pc_run){5, 6, 7});
    assert_int_equal(pctab_lookup(&table, 7, &run), PCTAB_OK);
    assert_run_equal(run, (struct pc_run){0, 8, -2});
}

/* All Progs of Go 1.19.8, one table an architecture. */
static void round_trips(void **state)
{
    static struct go_prog go[GO_PROGS];
    static struct pc_run runs[GO_PROGS];
    static uint8_t bytes[6 * GO_PROGS + 1];
    size_t tables = 0, pcs = 0;
    (void)state;

    go_progs_read(go);
    for (size_t i = 0, end; i < GO_PROGS; i = end) {
        uint32_t quantum = go_quantum(go[i].arch);
        size_t n = 0, length;

        end = go_progs_end(go, i);
        for (size_t p = i; p < end; p++)
            runs[n++] = (struct pc_run){go[p].start, go[p].end, go[p].value};
        assert_int_equal(pctab_encode(runs, n, quantum, bytes, sizeof bytes, &length), PCTAB_OK);
        uint8_t *exact = at_block_end(bytes, length);
        struct pctab table = {exact, length, go[end - 1].end, quantum, PCTAB_UNSAFE_POINT};
        struct pctab_cache cache = {0};
        assert_int_equal(pctab_check(&table), PCTAB_OK);

        for (size_t p = i, first = i; p < end; p++) {
            /* Neighbours with one value are one run for the table: it starts at the first of them. */
            if (go[p].value != go[first].value)
                first = p;
            for (uint32_t pc = go[p].start; pc < go[p].end; pc += quantum, pcs++) {
                struct pc_run run, cached;
                assert_int_equal(pctab_lookup(&table, pc, &run), PCTAB_OK);
                if (run.value != go[p].value || run.start != go[first].start)
                    fail_msg("%s+%u, %s: %d from %u, not %d from %u", go[p].arch, pc, go[p].text, run.value,
                             run.start, go[p].value, go[first].start);
                assert_true(pc < run.end);
                for (int twice = 0; twice < 2; twice++) {
                    memset(&cached, 0x55, sizeof cached);
                    assert_int_equal(pctab_lookup_cached(&cache, &table, pc, &cached), PCTAB_OK);
                    assert_run_equal(cached, run);
                }
            }
        }
        assert_int_equal(cache.hits, table.func_size / quantum);
        assert_int_equal(cache.misses, table.func_size / quantum);

        struct pc_run run;
        assert_int_equal(pctab_lookup(&table, table.func_size, &run), PCTAB_NOT_COVERED);
        for (size_t short_of = 1; short_of <= length; short_of++) {
            size_t none = 77;
            uint8_t *out = malloc(length - short_of);
            assert_int_equal(pctab_encode(runs, n, quantum, out, length - short_of, &none), PCTAB_NO_SPACE);
            assert_int_equal(none, 0);
            free(out);
        }
        free(exact);
        tables++;
    }
    assert_int_equal(tables, 13);
    assert_true(pcs > GO_PROGS);
}

/* Tables that are wrong in one way each; 0 in the last column is a table that only looks wrong. */
struct damaged {
    const char *what;
    uint32_t func_size, quantum;
    size_t length;
    uint8_t bytes[12];
    enum pctab_error error;
};

/* clang-format off */
static const struct damaged damaged[] = {
    {"a value without its PC", 64, 4, 1, {1}, PCTAB_TRUNCATED},
    {"a first pair of half a terminator", 64, 4, 1, {0}, PCTAB_TRUNCATED},
    {"no terminator", 64, 4, 2, {1, 1}, PCTAB_TRUNCATED},
    {"a second pair of one half", 64, 4, 3, {1, 1, 2}, PCTAB_TRUNCATED},
    {"a varint cut short", 64, 4, 2, {1, 0x81}, PCTAB_TRUNCATED},
    {"five bytes, 32 bits, cut short", 64, 1, 5, {1, 0xff, 0xff, 0xff, 0xff}, PCTAB_TRUNCATED},
    {"a PC of 33 bits", 64, 1, 7, {1, 0x80, 0x80, 0x80, 0x80, 0x10, 0}, PCTAB_OVERLONG},
    {"a value of 33 bits", 64, 1, 6, {0x80, 0x80, 0x80, 0x80, 0x10, 0}, PCTAB_OVERLONG},
    {"a varint of six bytes, but small", 64, 1, 8, {1, 0x81, 0x80, 0x80, 0x80, 0x80, 0, 0}, PCTAB_OVERLONG},
    {"a varint without end", 64, 1, 12, {1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255},
        PCTAB_OVERLONG},
    {"a padded zero in the second pair", 64, 4, 6, {1, 1, 0x80, 0, 1, 0}, PCTAB_OVERLONG},
    {"a padded PC is read, as in Go", 4, 4, 4, {1, 0x81, 0, 0}, PCTAB_OK},
    {"a padded zero in the first pair is read, too", 4, 4, 4, {0x80, 0, 1, 0}, PCTAB_OK},
    {"a first run of no PCs", 64, 4, 3, {1, 0, 0}, PCTAB_NOT_MONOTONIC},
    {"what Go has at offset 0: no table", 64, 4, 2, {0, 0}, PCTAB_NOT_MONOTONIC},
    {"a run of no PCs between others", 64, 4, 7, {1, 1, 2, 0, 1, 1, 0}, PCTAB_NOT_MONOTONIC},
    {"a last run of no PCs, as Go 1.27.2 ends frames on ppc64", 64, 4, 5, {1, 1, 2, 0, 0}, PCTAB_OK},
    {"a last run of no PCs, and no terminator", 64, 4, 4, {1, 1, 2, 0}, PCTAB_NOT_MONOTONIC},
    {"a last run of no PCs with no value", 64, 4, 5, {1, 1, 9, 0, 0}, PCTAB_OUT_OF_RANGE},
    {"an advance that wraps: 2^30 quanta of 4", UINT32_MAX, 4, 7, {1, 128, 128, 128, 128, 4, 0},
        PCTAB_NOT_MONOTONIC},
    {"one that would wrap to 4: 2^30 + 1", UINT32_MAX, 4, 7, {1, 129, 128, 128, 128, 4, 0},
        PCTAB_NOT_MONOTONIC},
    {"a sum that wraps: 2^32 - 1, then 1", UINT32_MAX, 1, 9, {1, 255, 255, 255, 255, 15, 2, 1, 0},
        PCTAB_NOT_MONOTONIC},
    {"the last that doesn't: 2^32 - 1", UINT32_MAX, 1, 7, {1, 255, 255, 255, 255, 15, 0}, PCTAB_OK},
    {"the value 0", 64, 4, 3, {2, 1, 0}, PCTAB_OUT_OF_RANGE},
    {"the value -6", 64, 4, 3, {9, 1, 0}, PCTAB_OUT_OF_RANGE},
    {"the value -5", 64, 4, 3, {7, 1, 0}, PCTAB_OK},
    {"-6 by way of -5", 64, 4, 5, {7, 1, 1, 1, 0}, PCTAB_OUT_OF_RANGE},
    {"the value -1 - 2^31", 64, 1, 7, {0xff, 0xff, 0xff, 0xff, 15, 1, 0}, PCTAB_OUT_OF_RANGE},
    {"the value -1 + 2^31 - 1", 64, 1, 7, {0xfe, 0xff, 0xff, 0xff, 15, 1, 0}, PCTAB_OUT_OF_RANGE},
    {"one quantum beyond the function", 8, 4, 3, {1, 3, 0}, PCTAB_OUT_OF_RANGE},
    {"one byte beyond the function", 7, 4, 3, {1, 2, 0}, PCTAB_OUT_OF_RANGE},
    {"up to the function's end", 8, 4, 3, {1, 2, 0}, PCTAB_OK},
    {"beyond it in the second run", 8, 4, 5, {1, 2, 2, 1, 0}, PCTAB_OUT_OF_RANGE},
    {"quantum 0", 64, 0, 3, {1, 1, 0}, PCTAB_MISALIGNED},
    {"quantum 3", 64, 3, 3, {1, 1, 0}, PCTAB_MISALIGNED},
    {"quantum 8, no table", 64, 8, 0, {0}, PCTAB_MISALIGNED},
};
/* clang-format on */

static void decoding_errors(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(damaged); i++) {
        const struct damaged *d = &damaged[i];
        uint8_t *bytes = at_block_end(d->bytes, d->length);
        struct pctab table = {bytes, d->length, d->func_size, d->quantum, PCTAB_UNSAFE_POINT};
        struct pctab_iter it;
        enum pctab_error error = pctab_check(&table);

        if (error != d->error)
            fail_msg("%s: \"%s\", not \"%s\"", d->what, pctab_strerror(error), pctab_strerror(d->error));
        pctab_begin(&it, &table);
        while (pctab_next(&it, &error))
            ;
        assert_int_equal(error, d->error);
        assert_false(pctab_next(&it, &error)); /* asked again, it says the same */
        assert_int_equal(error, d->error);
        free(bytes);
    }
}

static void lookup_stops_at_its_run(void **state)
{
    const uint8_t bytes[] = {1, 1, 2, 0}; /* [0, 4) -2, then a run of no PCs */
    struct pctab table = {bytes, sizeof bytes, 64, 4, PCTAB_UNSAFE_POINT};
    struct pctab_cache cache = {0};
    struct pc_run run;
    (void)state;

    assert_int_equal(pctab_lookup(&table, 3, &run), PCTAB_OK);
    assert_int_equal(pctab_lookup(&table, 4, &run), PCTAB_NOT_MONOTONIC);
    for (int twice = 0; twice < 2; twice++)
        assert_int_equal(pctab_lookup_cached(&cache, &table, 4, &run), PCTAB_NOT_MONOTONIC);
    assert_int_equal(cache.hits, 0);
    assert_int_equal(cache.misses, 2);
}

static void encoding_errors(void **state)
{
    static const struct {
        struct pc_run runs[2];
        uint32_t quantum;
        enum pctab_error error;
    } wrong[] = {
        {{{4, 8, -2}, {8, 12, -1}}, 4, PCTAB_NOT_MONOTONIC}, /* the first not at 0 */
        {{{0, 4, -2}, {8, 12, -1}}, 4, PCTAB_NOT_MONOTONIC}, /* a gap */
        {{{0, 8, -2}, {4, 12, -1}}, 4, PCTAB_NOT_MONOTONIC}, /* an overlap */
        {{{0, 8, -2}, {8, 8, -1}}, 4, PCTAB_NOT_MONOTONIC},  /* no PCs */
        {{{0, 0, -2}, {0, 8, -1}}, 4, PCTAB_NOT_MONOTONIC},
        {{{0, 8, -2}, {8, 4, -1}}, 4, PCTAB_NOT_MONOTONIC}, /* backwards */
        {{{0, 8, -2}, {8, 4, -2}}, 4, PCTAB_NOT_MONOTONIC}, /* the same, and would merge */
        {{{0, 8, -2}, {8, 12, 0}}, 4, PCTAB_OUT_OF_RANGE},
        {{{0, 8, -6}, {8, 12, -1}}, 4, PCTAB_OUT_OF_RANGE},
        {{{0, 8, INT32_MIN}, {8, 12, -1}}, 4, PCTAB_OUT_OF_RANGE},
        {{{0, 6, -2}, {6, 12, -1}}, 4, PCTAB_MISALIGNED},
        {{{0, 6, -2}, {6, 11, -1}}, 2, PCTAB_MISALIGNED},
        {{{0, 6, -2}, {6, 12, -1}}, 2, PCTAB_OK},
        {{{0, 6, -2}, {6, 11, -1}}, 1, PCTAB_OK},
        {{{0, 6, -2}, {6, 12, -1}}, 0, PCTAB_MISALIGNED},
        {{{0, 6, -2}, {6, 12, -1}}, 3, PCTAB_MISALIGNED},
        {{{0, 4, -2}, {4, 12, -1}}, 3, PCTAB_MISALIGNED},
        {{{0, 8, -2}, {8, 16, -1}}, 8, PCTAB_MISALIGNED},
    };
    uint8_t out[16];
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        size_t length = 77;
        enum pctab_error error = pctab_encode(wrong[i].runs, 2, wrong[i].quantum, out, sizeof out, &length);
        if (error != wrong[i].error || length != (error ? 0 : 5))
            fail_msg("%zu: \"%s\", not \"%s\", length %zu", i, pctab_strerror(error),
                     pctab_strerror(wrong[i].error), length);
    }
}

static void every_error_has_its_words(void **state)
{
    (void)state;
    for (int a = PCTAB_OK; a <= PCTAB_NOT_COVERED + 1; a++)
        for (int b = PCTAB_OK; b < a; b++)
            assert_string_not_equal(pctab_strerror((enum pctab_error)a), pctab_strerror((enum pctab_error)b));
}

/* The same bytes are a good table of one kind and a bad one of the other. */
static void kinds_tell_values_apart(void **state)
{
    const uint8_t bytes[] = {2, 1, 64, 3, 0}; /* 0, then 32: an SP delta */
    struct pctab table = {bytes, sizeof bytes, 16, 4, PCTAB_ANY};
    struct pc_run run;
    (void)state;

    assert_int_equal(pctab_check(&table), PCTAB_OK);
    assert_int_equal(pctab_lookup(&table, 4, &run), PCTAB_OK);
    assert_int_equal(run.value, 32);
    assert_int_equal(run.start, 4);
    table.kind = PCTAB_UNSAFE_POINT;
    assert_int_equal(pctab_check(&table), PCTAB_OUT_OF_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_bytes),
        cmocka_unit_test(merges_neighbours),
        cmocka_unit_test(empty_tables),
        cmocka_unit_test(ends_before_the_function),
        cmocka_unit_test(round_trips),
        cmocka_unit_test(decoding_errors),
        cmocka_unit_test(lookup_stops_at_its_run),
        cmocka_unit_test(encoding_errors),
        cmocka_unit_test(every_error_has_its_words),
        cmocka_unit_test(kinds_tell_values_apart),
    };
    return cmocka_run_group_tests_name("pctab", tests, NULL, NULL);
}
