/* The assembler's marking pass and its way into a table. Go inserts PCDATA between Progs that it keeps in
 * a list; here each Prog carries the value that those would leave in effect at it, which is the same. */
#include "mark.h"

#include "encode.h"

static bool holds(mark_predicate *predicate, const struct mark_prog *p)
{
    return predicate && predicate(p->prog);
}

void mark_unsafe_points(struct mark_prog *progs, size_t n, mark_predicate *is_unsafe_point,
                        mark_predicate *is_restartable)
{
    int32_t prev_pcdata = POINT_SAFE; /* set by hand, or at the entry: what a marked range goes back to */
    int32_t prev_restart = 0;

    for (size_t i = 0; i < n; i++) {
        struct mark_prog *p = &progs[i];

        if (p->has_pcdata)
            prev_pcdata = p->pcdata;
        /* The order is the rule: by hand, then unsafe, then restartable. */
        if (prev_pcdata == POINT_UNSAFE || holds(is_unsafe_point, p)) {
            p->value = POINT_UNSAFE;
        } else if (holds(is_restartable, p)) {
            prev_restart = prev_restart == POINT_RESTART_1 ? POINT_RESTART_2 : POINT_RESTART_1;
            p->value = prev_restart;
        } else {
            p->value = prev_pcdata;
        }
    }
}

enum pctab_error mark_encode(const struct mark_prog *progs, size_t n, uint32_t quantum, uint8_t *out,
                             size_t capacity, size_t *length)
{
    struct pctab_encoder enc;

    *length = 0;
    pctab_encoder_begin(&enc, quantum, out, capacity);
    for (size_t i = 0; i < n; i++) {
        const struct mark_prog *p = &progs[i];
        /* A size that wraps makes an end below the start, which the encoder refuses. */
        struct pc_run run = {p->pc, p->pc + p->size, p->value};

        if (p->size == 0) /* funcpctab also skips what is not a real instruction */
            continue;
        enum pctab_error error = pctab_encoder_add(&enc, &run);
        if (error != PCTAB_OK)
            return error;
    }
    return pctab_encoder_end(&enc, length);
}
