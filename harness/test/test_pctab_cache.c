/* The cache of PC-value lookups: it answers as the lookup does, tells tables apart, and remembers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pctab_help.h"

static void cache_tells_tables_apart(void **state)
{
    const uint8_t bytes[] = {1, 2, 0}, others[] = {3, 2, 0};
    /* The first looks like an entry never used; most others differ from the one before in one thing. */
    const struct pctab tables[] = {
        {NULL, 0, 0, 0, PCTAB_UNSAFE_POINT},    {NULL, 0, 32, 4, PCTAB_UNSAFE_POINT},
        {NULL, 0, 64, 4, PCTAB_UNSAFE_POINT},   {bytes, 3, 64, 4, PCTAB_UNSAFE_POINT},
        {others, 3, 64, 4, PCTAB_UNSAFE_POINT}, {others, 3, 64, 4, PCTAB_ANY},
        {others, 1, 64, 4, PCTAB_UNSAFE_POINT}, {bytes, 3, 64, 4, PCTAB_UNSAFE_POINT},
        {bytes, 3, 64, 2, PCTAB_UNSAFE_POINT},  {bytes, 3, 2, 2, PCTAB_UNSAFE_POINT},
    };
    struct pctab_cache cache = {0};
    (void)state;

    for (int round = 0; round < 2; round++) {
        for (uint32_t pc = 0; pc < 80; pc += 2) {
            for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
                struct pc_run run = {0, 0, 0}, cached = {0, 0, 0};
                enum pctab_error error = pctab_lookup(&tables[i], pc, &run);
                for (int twice = 0; twice < 2; twice++) {
                    assert_int_equal(pctab_lookup_cached(&cache, &tables[i], pc, &cached), error);
                    assert_run_equal(cached, run);
                }
            }
        }
    }
    assert_true(cache.hits > 0);
    assert_true(cache.misses > PCTAB_CACHE_SETS);
}

static void cache_remembers(void **state)
{
    uint8_t bytes[] = {0, 15, 1, 1, 0}; /* [0, 60) -1, [60, 64) -2 */
    struct pctab table = {bytes, sizeof bytes, 64, 4, PCTAB_UNSAFE_POINT};
    struct pctab_cache cache = {0};
    struct pc_run run;
    (void)state;

    /* As many instructions in a row as there are sets don't evict one another. */
    for (uint32_t pc = 0; pc < 64; pc += 4)
        assert_int_equal(pctab_lookup_cached(&cache, &table, pc, &run), PCTAB_OK);
    assert_int_equal(cache.misses, PCTAB_CACHE_SETS);
    bytes[2] = 3; /* against the contract, to see that the bytes really are not read again */
    for (uint32_t pc = 0; pc < 64; pc += 4)
        assert_int_equal(pctab_lookup_cached(&cache, &table, pc, &run), PCTAB_OK);
    assert_int_equal(cache.hits, PCTAB_CACHE_SETS);
    assert_run_equal(run, (struct pc_run){60, 64, -2});

    /* A lookup that interrupts another one neither uses nor changes the cache. */
    struct pctab_cache before = cache;
    cache.busy = true;
    assert_int_equal(pctab_lookup_cached(&cache, &table, 60, &run), PCTAB_OK);
    assert_run_equal(run, (struct pc_run){60, 64, -3});
    assert_true(cache.busy);
    cache.busy = before.busy;
    assert_int_equal(cache.hits, before.hits);
    assert_int_equal(cache.misses, before.misses);
    assert_memory_equal(cache.entry, before.entry, sizeof before.entry);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cache_tells_tables_apart),
        cmocka_unit_test(cache_remembers),
    };
    return cmocka_run_group_tests_name("pctab cache", tests, NULL, NULL);
}
