/* What the checks share (checks.h). */
#include "checks.h"

#include <stdarg.h>
#include <string.h>

#include "go/binary/grow.h"

const char *const check_names[N_CHECKS] = {"clobber", "sp", "below-sp", "restart", "tls", "llsc"};
check_fn *const check_functions[N_CHECKS] = {check_clobber, check_sp,  check_below_sp,
                                             check_restart, check_tls, check_llsc};

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
    uint8_t filter = cfg_at(in->cfg, k)->filter;
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

struct check_memory *check_memory_new(void)
{
    return calloc(1, sizeof(struct check_memory));
}

void check_memory_free(struct check_memory *m)
{
    if (!m)
        return;
    free(m->sets);
    free(m->queue);
    free(m->queued);
    free(m);
}

struct unitset *sets_begin(const struct check_input *in)
{
    struct check_memory *m = in->memory;
    size_t n = (size_t)in->cfg->n_blocks;
    m->sets = grow(m->sets, &m->set_capacity, n, sizeof *m->sets);
    memset(m->sets, 0, n * sizeof *m->sets);
    return m->sets;
}

struct spread {
    const struct check_input *in;
    struct unitset *sets;
    const struct unitset *out;
    int32_t n;
};

static void enqueue(struct check_memory *m, int32_t *n, int32_t b)
{
    if (!m->queued[b]) {
        m->queued[b] = true;
        m->queue[(*n)++] = b;
    }
}

static void spread_to(void *context, int32_t successor)
{
    struct spread *s = context;
    struct unitset more = unitset_or(&s->sets[successor], s->out);
    if (unitset_same(&more, &s->sets[successor]))
        return;
    s->sets[successor] = more;
    enqueue(s->in->memory, &s->n, successor);
}

void sets_spread(const struct check_input *in, struct unitset *sets, set_step *step, void *context)
{
    const struct cfg *cfg = in->cfg;
    struct check_memory *m = in->memory;
    size_t n = (size_t)cfg->n_blocks;
    struct spread s = {in, sets, NULL, 0};
    m->queue = grow(m->queue, &m->queue_capacity, n, sizeof *m->queue);
    m->queued = grow(m->queued, &m->queued_capacity, n, sizeof *m->queued);
    memset(m->queued, 0, n * sizeof *m->queued);
    for (int32_t b = cfg->n_blocks - 1; b >= 0; b--)
        enqueue(m, &s.n, b);
    while (s.n > 0) {
        int32_t b = m->queue[--s.n];
        struct unitset out = sets[b];
        m->queued[b] = false;
        for (int32_t k = cfg->blocks[b].first; k <= cfg->blocks[b].last; k++)
            step(context, k, &out);
        s.out = &out;
        cfg_successors(cfg, &cfg->blocks[b], spread_to, &s);
    }
}
