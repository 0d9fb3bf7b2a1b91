/* Which instructions the lists for effects-match have: arch/<arch>/test/instructions. Each row of a table of
 * effects is to be executed, so each is in one of them. */
#ifndef EVERYPC_LISTED_H
#define EVERYPC_LISTED_H

#include <capstone/capstone.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

/* Hands each instruction of the list, a path below the sources, to `note`: its bytes, zeros behind them. */
static inline void each_listed(const char *list,
                               void (*note)(void *context, const uint8_t *bytes, size_t size), void *context)
{
    char path[512], line[256];
    snprintf(path, sizeof path, "%s/%s", EVERYPC_SOURCE_DIR, list);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        uint8_t bytes[16] = {0};
        size_t n = strspn(line, "0123456789abcdef") / 2;
        assert_in_range(n, 1, sizeof bytes);
        for (size_t k = 0; k < n; k++)
            assert_int_equal(sscanf(line + 2 * k, "%2hhx", &bytes[k]), 1);
        note(context, bytes, n);
    }
    fclose(f);
}

static inline uint32_t listed_word(const uint8_t *b, bool big_endian)
{
    uint32_t word = (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
    return big_endian ? __builtin_bswap32(word) : word;
}

struct listed_ids {
    csh cs;
    bool *listed;
};

static inline void mark_id(void *context, const uint8_t *bytes, size_t size)
{
    const struct listed_ids *ids = context;
    cs_insn *insn;
    size_t n_insns = cs_disasm(ids->cs, bytes, size, 0, 1, &insn);
    for (size_t k = 0; k < n_insns; k++)
        ids->listed[insn[k].id] = true;
    if (n_insns)
        cs_free(insn, n_insns);
}

/* Marks by capstone's id what the list has. */
static inline void mark_listed(cs_arch arch, cs_mode mode, const char *list, bool *listed)
{
    struct listed_ids ids = {.listed = listed};
    assert_int_equal(cs_open(arch, mode, &ids.cs), CS_ERR_OK);
    each_listed(list, mark_id, &ids);
    cs_close(&ids.cs);
}

/* Names an instruction that no list has; returns 1, to be counted. */
static inline int not_listed(cs_arch arch, cs_mode mode, unsigned id)
{
    csh cs;
    assert_int_equal(cs_open(arch, mode, &cs), CS_ERR_OK);
    print_message("%s is in no list of instructions\n", cs_insn_name(cs, id));
    cs_close(&cs);
    return 1;
}

#endif
