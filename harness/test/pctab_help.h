/* What the tests of PC-value tables share. Include after cmocka.h. */
#ifndef EVERYPC_PCTAB_HELP_H
#define EVERYPC_PCTAB_HELP_H

#include <stdlib.h>
#include <string.h>

#include "pctab/pctab.h"

/* A copy that ends where its malloc block ends, so that ASan sees a read beyond it. */
static inline uint8_t *at_block_end(const uint8_t *bytes, size_t length)
{
    uint8_t *copy = malloc(length);
    assert_true(copy || length == 0);
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

static inline void assert_run_equal(struct pc_run a, struct pc_run b)
{
    assert_int_equal(a.start, b.start);
    assert_int_equal(a.end, b.end);
    assert_int_equal(a.value, b.value);
}

#endif
