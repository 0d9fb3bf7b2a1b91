#include "stacks.h"

#include <stdlib.h>
#include <string.h>

enum { FLAG_TOP_FRAME = 1, MAX_TABLE = 1 << 20 };

/* Bytes of an encoded table, its terminator included. */
static uint32_t table_bytes(const struct pctab *table)
{
    struct pctab_iter it;
    enum pctab_error error;
    pctab_begin(&it, table);
    while (pctab_next(&it, &error))
        continue;
    size_t n = it.at < table->length ? it.at + 1 : table->length;
    return n < MAX_TABLE ? (uint32_t)n : 0;
}

/* Frames that SP deltas don't lead out of: those that a signal pushed lie below a word of pushCall's or
 * sigpanic's own, and these functions change stacks. */
static bool switches(const char *name)
{
    static const char *const names[] = {
        "runtime.asyncPreempt", "runtime.sigpanic",    "runtime.systemstack", "runtime.mcall",
        "runtime.cgocallback",  "runtime.debugCallV2", "runtime.morestack",   "runtime.sigreturn__sigaction"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* What _func.funcID calls a wrapper: the last of internal/abi's FuncIDs (Go 1.12 to the newest). Every binary
 * has some: the runtime's own types have methods that are promoted. */
static uint8_t wrapper_id(const struct gobin *bin)
{
    uint8_t highest = 0;
    for (size_t i = 0; i < gobin_n_funcs(bin); i++) {
        struct gobin_func f;
        gobin_func(bin, i, &f);
        if (f.code && f.func_id > highest)
            highest = f.func_id;
    }
    return highest;
}

bool stacks_add(const struct gobin *bin, struct plan *p)
{
    size_t n = gobin_n_funcs(bin), used = 0, capacity = 0;
    uint8_t wrapper = wrapper_id(bin);
    p->all = calloc(n + 1, sizeof *p->all);
    for (size_t i = 0; p->all && i < n; i++) {
        struct gobin_func f;
        gobin_func(bin, i, &f);
        if (!f.code)
            continue;
        uint32_t length = table_bytes(&f.sp_delta);
        if (used + length > capacity) {
            capacity = 2 * (used + length);
            uint8_t *grown = realloc(p->tables, capacity);
            if (!grown)
                return false;
            p->tables = grown;
        }
        if (length)
            memcpy(p->tables + used, f.sp_delta.bytes, length);
        uint32_t end = switches(f.name)           ? STACK_SWITCHES
                       : f.flags & FLAG_TOP_FRAME ? STACK_ENDS
                                                  : STACK_GOES_ON;
        p->all[p->head.n_functions++] = (struct shots_function){.entry = f.entry,
                                                                .end = f.end,
                                                                .sp_delta = (uint32_t)used,
                                                                .length = length,
                                                                .end_kind = end,
                                                                .wrapper = f.func_id == wrapper};
        used += length;
        p->head.quantum = f.sp_delta.quantum;
    }
    p->head.n_table_bytes = used;
    return p->all != NULL;
}
