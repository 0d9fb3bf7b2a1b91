/* Functions made by hand for tests of the graph and of the checks: arm64 words, and what the tables say at
 * each. */
#ifndef EVERYPC_MADE_FUNCTION_H
#define EVERYPC_MADE_FUNCTION_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "go/flow/cfg.h"

enum { MADE_ENTRY = 0x1000, MADE_WORDS = 16 };

/* Per word: s safe, u unsafe, 3 and 4 restart, 5 restart at entry. And the SP delta in 16 bytes, as a letter
 * from a on. */
struct made {
    uint32_t words[MADE_WORDS];
    const char *points, *deltas;
};

/* Bytes and tables that the function made of it borrows. */
struct made_memory {
    uint8_t code[4 * MADE_WORDS], points[64], deltas[64];
};

/* In Go's encoding, by hand: all numbers here are of one byte. */
static inline struct pctab made_table(const char *letters, bool deltas, uint32_t n, uint8_t *bytes)
{
    struct pctab table = {
        .bytes = bytes, .func_size = 4 * n, .quantum = 4, .kind = deltas ? PCTAB_ANY : PCTAB_UNSAFE_POINT};
    int value = -1;
    for (uint32_t i = 0; i < n;) {
        char c = letters[i];
        int next = deltas     ? (c - 'a') * 16
                   : c == 's' ? POINT_SAFE
                   : c == 'u' ? POINT_UNSAFE
                              : '0' - c,
            change = next - value;
        uint32_t from = i;
        while (i < n && letters[i] == c)
            i++;
        assert_in_range(change + 64, 0, 127);
        bytes[table.length++] = (uint8_t)(change < 0 ? -2 * change - 1 : 2 * change);
        bytes[table.length++] = (uint8_t)(i - from);
        value = next;
    }
    bytes[table.length++] = 0;
    assert_int_equal(pctab_check(&table), PCTAB_OK);
    return table;
}

static inline struct gobin_func made_function(const struct made *made, struct made_memory *m)
{
    uint32_t n = (uint32_t)strlen(made->points);
    assert_int_equal(n, strlen(made->deltas));
    for (uint32_t i = 0; i < 4 * n; i++)
        m->code[i] = (uint8_t)(made->words[i / 4] >> i % 4 * 8);
    struct gobin_func f = {.name = "made", .entry = MADE_ENTRY, .end = MADE_ENTRY + 4 * n, .code = m->code};
    f.unsafe_point = made_table(made->points, false, n, m->points);
    f.sp_delta = made_table(made->deltas, true, n, m->deltas);
    return f;
}

#endif
