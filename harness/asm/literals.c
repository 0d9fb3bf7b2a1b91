/* The literal pool: see literals.h. One function is assembled at a time, so there is one pool. */
#include "literals.h"

#include <string.h>

#include "prog.h"

enum { MAX_LITERALS = 256 };

static struct literal {
    int64_t value;
    int size;
    char symbol[32];
} pool[MAX_LITERALS];
static int used;
static char prefix[64];

void literals_begin(const char *p)
{
    snprintf(prefix, sizeof prefix, "%s", p);
    used = 0;
}

const char *literals_prefix(void)
{
    return prefix;
}

static void find(const char *symbol, int64_t value, int size, char *out, size_t n)
{
    int k = 0;
    if (size == 4 && !*symbol)
        value = (int32_t)value;
    while (k < used &&
           !(pool[k].value == value && pool[k].size == size && strcmp(pool[k].symbol, symbol) == 0))
        k++;
    if (k == used && used < MAX_LITERALS) {
        pool[k] = (struct literal){.value = value, .size = size};
        snprintf(pool[k].symbol, sizeof pool[k].symbol, "%s", symbol);
        used++;
    }
    snprintf(out, n, ".L%s_lit%d", prefix, k);
}

void literal_label(int64_t value, int size, char *out, size_t n)
{
    find("", value, size, out, n);
}

void literal_symbol_label(const char *symbol, int64_t offset, int size, char *out, size_t n)
{
    find(symbol, offset, size, out, n);
}

void literals_write(FILE *out)
{
    for (int k = 0; k < used; k++) {
        if (pool[k].size == 8)
            fprintf(out, "\t.balign 8, 0\n");
        fprintf(out, ".L%s_lit%d:\t.%dbyte ", prefix, k, pool[k].size);
        if (pool[k].symbol[0])
            fprintf(out, "everypc_%s+", pool[k].symbol);
        fprintf(out, "%lld\n", (long long)pool[k].value);
    }
}
