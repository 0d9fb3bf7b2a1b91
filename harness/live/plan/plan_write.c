/* The plan as the agent reads it: in the target's byte order. */
#include "plan.h"

#include <endian.h>
#include <stdio.h>

static void swap(uint64_t *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        words[i] = __builtin_bswap64(words[i]);
}

bool plan_write(const struct gobin *bin, const struct plan *p, const char *path, struct error *e)
{
    struct shots_head head = p->head;
    bool swapped = gobin_is_big_endian(bin) != (BYTE_ORDER == BIG_ENDIAN);
    FILE *out = fopen(path, "wb");
    if (!out)
        return error_set(e, path, 0, "can't be written");
    if (swapped)
        swap((uint64_t *)&head, offsetof(struct shots_head, differences) / sizeof(uint64_t));
    bool ok = fwrite(&head, sizeof head, 1, out) == 1;
    for (size_t i = 0; ok && i < p->n; i++) {
        struct shots_pc one = p->pcs[i];
        if (swapped) {
            one.pc = __builtin_bswap64(one.pc);
            one.resume = __builtin_bswap64(one.resume);
            one.function = __builtin_bswap32(one.function);
        }
        ok = fwrite(&one, sizeof one, 1, out) == 1;
    }
    ok = fclose(out) == 0 && ok;
    return ok || error_set(e, path, 0, "can't be written");
}
