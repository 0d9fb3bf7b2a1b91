/* The plan as the agent reads it: in the target's byte order. */
#include "plan.h"

#include <endian.h>
#include <stdio.h>

static void swap(uint64_t *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        words[i] = __builtin_bswap64(words[i]);
}

static bool write_pcs(const struct plan *p, bool swapped, FILE *out)
{
    for (size_t i = 0; i < p->n; i++) {
        struct shots_pc one = p->pcs[i];
        if (swapped) {
            one.pc = __builtin_bswap64(one.pc);
            one.resume = __builtin_bswap64(one.resume);
            swap(one.next, 2);
            one.function = __builtin_bswap32(one.function);
        }
        if (fwrite(&one, sizeof one, 1, out) != 1)
            return false;
    }
    return true;
}

static bool write_functions(const struct plan *p, bool swapped, FILE *out)
{
    for (size_t i = 0; i < p->head.n_functions; i++) {
        struct shots_function one = p->all[i];
        if (swapped) {
            one.entry = __builtin_bswap64(one.entry);
            one.end = __builtin_bswap64(one.end);
            one.sp_delta = __builtin_bswap32(one.sp_delta);
            one.length = __builtin_bswap32(one.length);
            one.end_kind = __builtin_bswap32(one.end_kind);
            one.wrapper = __builtin_bswap32(one.wrapper);
        }
        if (fwrite(&one, sizeof one, 1, out) != 1)
            return false;
    }
    size_t n = p->head.n_table_bytes;
    return n == 0 || fwrite(p->tables, 1, n, out) == n;
}

bool plan_write(const struct gobin *bin, const struct plan *p, const char *path, struct error *e)
{
    return plan_write_as(gobin_is_big_endian(bin), p, path, e);
}

bool plan_write_as(bool big_endian, const struct plan *p, const char *path, struct error *e)
{
    struct shots_head head = p->head;
    bool swapped = big_endian != (BYTE_ORDER == BIG_ENDIAN);
    FILE *out = fopen(path, "wb");
    if (!out)
        return error_set(e, path, 0, "can't be written");
    if (swapped)
        swap((uint64_t *)&head, offsetof(struct shots_head, differences) / sizeof(uint64_t));
    bool ok = fwrite(&head, sizeof head, 1, out) == 1 && write_pcs(p, swapped, out) &&
              write_functions(p, swapped, out);
    ok = fclose(out) == 0 && ok;
    return ok || error_set(e, path, 0, "can't be written");
}
