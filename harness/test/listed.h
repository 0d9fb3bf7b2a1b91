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
#include <setjmp.h>
#include <cmocka.h>

/* Marks by capstone's id what the list, a path below the sources, has. */
static inline void mark_listed(cs_arch arch, cs_mode mode, const char *list, bool *listed)
{
    char path[512], line[256];
    csh cs;
    snprintf(path, sizeof path, "%s/%s", EVERYPC_SOURCE_DIR, list);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_int_equal(cs_open(arch, mode, &cs), CS_ERR_OK);
    while (fgets(line, sizeof line, f)) {
        uint8_t bytes[16];
        size_t n = 0;
        for (unsigned byte; n < sizeof bytes && sscanf(line + 2 * n, "%2x", &byte) == 1; n++)
            bytes[n] = (uint8_t)byte;
        cs_insn *insn;
        size_t n_insns = cs_disasm(cs, bytes, n, 0, 1, &insn);
        for (size_t k = 0; k < n_insns; k++)
            listed[insn[k].id] = true;
        if (n_insns)
            cs_free(insn, n_insns);
    }
    cs_close(&cs);
    fclose(f);
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
