/* Adding findings (finding.h). */
#include "check.h"

#include <stdarg.h>

#include "go/binary/grow.h"

static bool is_neighbour(const struct cfg *cfg, int32_t last, int32_t k)
{
    do
        last++;
    while (last < k && cfg_at(cfg, last)->in_delay_slot);
    return last == k;
}

/* Checks that ask about several units at each instruction add them in turn: how many findings back the last
 * one of a kind may lie. */
enum { SAME_PLACE = 64 };

void finding_add(const struct check_input *in, enum check check, int32_t k, int unit, int64_t key,
                 int32_t blame, const char *why, ...)
{
    struct findings *out = in->out;
    uint8_t filter = key == IN_THE_CALL ? FILTER_NONE : cfg_at(in->cfg, k)->filter;
    for (size_t i = out->n; i > 0 && i + SAME_PLACE > out->n; i--) {
        struct finding *f = &out->list[i - 1];
        if (f->check == check && f->filter == filter && f->unit == unit && f->key == key &&
            (f->last == k || is_neighbour(in->cfg, f->last, k))) {
            f->last = k;
            return;
        }
    }
    out->list = grow(out->list, &out->capacity, out->n + 1, sizeof *out->list);
    struct finding *f = &out->list[out->n++];
    *f = (struct finding){
        .check = check, .filter = filter, .first = k, .last = k, .unit = unit, .key = key, .blame = blame};
    va_list ap;
    va_start(ap, why);
    vsnprintf(f->why, sizeof f->why, why, ap);
    va_end(ap);
}
