/* Random and damaged PC-value tables, against a second decoder that shares no code with the first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pctab_help.h"

/* The second decoder: everything in 64 bits and in one go, without an iterator. Stores at most `max` runs. */
static enum pctab_error decode_naively(const struct pctab *t, struct pc_run *runs, size_t max, size_t *n)
{
    uint64_t pc = 0;
    int64_t value = -1;
    size_t at = 0;

    *n = 0;
    for (;;) {
        uint64_t v[2] = {0, 0};
        for (int half = 0; half < 2; half++) {
            for (int digits = 0;; digits++) {
                if (at == t->length)
                    return PCTAB_TRUNCATED;
                uint64_t byte = t->bytes[at++];
                v[half] += (byte % 128) << (7 * digits);
                if (v[half] > UINT32_MAX || (digits == 4 && byte >= 128))
                    return PCTAB_OVERLONG;
                if (byte < 128) {
                    if (half == 0 && v[0] == 0 && pc > 0)
                        return digits ? PCTAB_OVERLONG : PCTAB_OK;
                    break;
                }
            }
        }
        value += v[0] % 2 ? -(int64_t)(v[0] / 2) - 1 : (int64_t)(v[0] / 2);
        if (value < -5 || value > -1)
            return PCTAB_OUT_OF_RANGE;
        if (v[1] == 0 && pc > 0 && at < t->length && t->bytes[at] == 0)
            return PCTAB_OK;
        uint64_t end = pc + v[1] * t->quantum;
        if (v[1] == 0 || end >> 32)
            return PCTAB_NOT_MONOTONIC;
        if (end > t->func_size)
            return PCTAB_OUT_OF_RANGE;
        if (*n < max)
            runs[*n] = (struct pc_run){(uint32_t)pc, (uint32_t)end, (int32_t)value};
        ++*n;
        pc = end;
    }
}

/* xorshift32: the same on every libc. One call a statement, so that it is on every compiler, too. */
static uint32_t seed;
static uint32_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed;
}

/* Random bytes of four temperaments: any; small, as in real tables; long varints; a valid table with one
 * byte replaced or its end cut off. */
static size_t random_table(uint8_t *bytes, size_t max)
{
    size_t length = next_random() % max;
    uint32_t temperament = next_random() % 4;

    if (temperament < 3) {
        for (size_t i = 0; i < length; i++) {
            uint32_t r = next_random() >> 8;
            bytes[i] = (uint8_t)(temperament == 0 ? r : temperament == 1 ? r % 6 : r % 8 ? r | 0x80 : r % 16);
        }
        return length;
    }
    struct pc_run runs[8];
    size_t n = 1 + next_random() % 8;
    uint32_t pc = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t shift = 8 + next_random() % 24;
        uint32_t end = pc + (1 + (next_random() >> shift)) * 4;
        runs[i] = (struct pc_run){pc, end, -1 - (int32_t)(next_random() % 5)};
        pc = end;
    }
    assert_int_equal(pctab_encode(runs, n, 4, bytes, max, &length), PCTAB_OK);
    uint32_t damage = next_random() % 4, where = next_random() % ((uint32_t)length + 1);
    if (damage < 2 && where < length)
        bytes[where] = (uint8_t)next_random();
    else if (damage == 2)
        length = where;
    return length;
}

static void random_bytes(void **state)
{
    enum { MAX = 64 };
    unsigned seen[PCTAB_NOT_COVERED + 1] = {0};
    (void)state;

    seed = 20230413;
    for (unsigned round = 0; round < 100000; round++) {
        uint8_t bytes[MAX], again[6 * MAX];
        struct pc_run runs[MAX], run;
        size_t n, i = 0, length = random_table(bytes, MAX);
        uint8_t *exact = at_block_end(bytes, length);
        static const uint32_t sizes[] = {16, 4096, 0x10000000, 0xfffffffc, 0xffffffff};
        struct pctab table = {exact, length, sizes[next_random() % 5], 0, PCTAB_UNSAFE_POINT};
        table.quantum = 1u << next_random() % 3;
        struct pctab_iter it;
        enum pctab_error error, expected = decode_naively(&table, runs, MAX, &n);

        if (length == 0) { /* no bytes are no table, not a truncated one */
            expected = PCTAB_OK;
            runs[0] = (struct pc_run){0, table.func_size, -1};
            n = 1;
        }
        assert_in_range(n, 0, MAX);
        seen[expected]++;
        for (pctab_begin(&it, &table); pctab_next(&it, &error); i++) {
            assert_true(i < n);
            assert_run_equal(it.run, runs[i]);
        }
        assert_int_equal(i, n);
        assert_int_equal(error, expected);
        assert_int_equal(pctab_check(&table), expected);
        for (i = 0; i < n; i++) {
            assert_int_equal(pctab_lookup(&table, runs[i].start, &run), PCTAB_OK);
            assert_run_equal(run, runs[i]);
            assert_int_equal(pctab_lookup(&table, runs[i].end - 1, &run), PCTAB_OK);
            assert_run_equal(run, runs[i]);
        }
        uint32_t beyond = n ? runs[n - 1].end : 0;
        assert_int_equal(pctab_lookup(&table, beyond, &run), expected ? expected : PCTAB_NOT_COVERED);

        /* All safe is encoded as no table, which is another thing when it ends before the function. */
        if (expected == PCTAB_OK && length && !(n == 1 && runs[0].value == POINT_SAFE)) {
            size_t encoded;
            assert_int_equal(pctab_encode(runs, n, table.quantum, again, 6 * n + 1, &encoded), PCTAB_OK);
            struct pctab second = {again, encoded, table.func_size, table.quantum, PCTAB_UNSAFE_POINT};
            struct pc_run twice[MAX];
            size_t m;
            assert_int_equal(decode_naively(&second, twice, MAX, &m), PCTAB_OK);
            assert_int_equal(m, n);
            for (i = 0; i < n; i++)
                assert_run_equal(twice[i], runs[i]);
        }
        free(exact);
    }
    /* The loop is worth something only if it gets to each end of a decoding. */
    for (int e = PCTAB_OK; e <= PCTAB_OUT_OF_RANGE; e++) {
        print_message("  %6u tables: %s\n", seen[e], pctab_strerror((enum pctab_error)e));
        assert_true(seen[e] > 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_bytes),
    };
    return cmocka_run_group_tests_name("random pctab", tests, NULL, NULL);
}
