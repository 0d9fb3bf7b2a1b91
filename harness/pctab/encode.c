/* Encodes runs as a PC-value table: the writing half of Go 1.19, cmd/internal/obj/pcln.go funcpctab.
 * Relies on nothing but arithmetic on unsigned numbers, so the bytes don't depend on the host. */
#include "encode.h"
#include "quantum.h"

/* What a table begins with, and what is said where there is none. */
enum { NO_TABLE = -1 };
_Static_assert((int)POINT_SAFE == (int)NO_TABLE && (int)SP_DELTA_UNKNOWN == (int)NO_TABLE, "as Go's pcvalue");

static uint32_t zigzag(int32_t delta)
{
    uint32_t u = (uint32_t)delta;
    return delta < 0 ? ~(u << 1) : u << 1;
}

static bool put_varint(struct pctab_encoder *enc, uint32_t v)
{
    for (;;) {
        if (enc->at >= enc->capacity)
            return false;
        if (v < 0x80) {
            enc->out[enc->at++] = (uint8_t)v;
            return true;
        }
        enc->out[enc->at++] = (uint8_t)(v | 0x80);
        v >>= 7;
    }
}

/* The value's change comes first although the run's end is not known before its successor is: hence pending.
 */
static enum pctab_error flush(struct pctab_encoder *enc)
{
    const struct pc_run *run = &enc->pending;
    uint32_t quanta = (run->end - run->start) >> quantum_shift(enc->quantum);

    if (!put_varint(enc, zigzag(run->value - enc->written)) || !put_varint(enc, quanta))
        return PCTAB_NO_SPACE;
    enc->written = run->value;
    return PCTAB_OK;
}

void pctab_encoder_begin(struct pctab_encoder *enc, uint32_t quantum, uint8_t *out, size_t capacity)
{
    enc->out = out;
    enc->capacity = capacity;
    enc->at = 0;
    enc->quantum = quantum;
    enc->min = POINT_RESTART_AT_ENTRY;
    enc->max = POINT_SAFE;
    enc->written = NO_TABLE;
    enc->pending.start = enc->pending.end = 0;
    enc->pending.value = NO_TABLE;
}

enum pctab_error pctab_encoder_add(struct pctab_encoder *enc, const struct pc_run *run)
{
    if (!quantum_is_valid(enc->quantum))
        return PCTAB_MISALIGNED;
    if (run->value < enc->min || run->value > enc->max)
        return PCTAB_OUT_OF_RANGE;
    if (run->start != enc->pending.end || run->end <= run->start)
        return PCTAB_NOT_MONOTONIC;
    if (run->end & (enc->quantum - 1))
        return PCTAB_MISALIGNED;

    bool first = run->start == 0;
    if (!first && run->value == enc->pending.value) {
        enc->pending.end = run->end;
        return PCTAB_OK;
    }
    enum pctab_error error = first ? PCTAB_OK : flush(enc);
    enc->pending = *run;
    return error;
}

enum pctab_error pctab_encoder_end(struct pctab_encoder *enc, size_t *length)
{
    /* Nothing written yet means one run at most; if that says what no table says, so does the whole function.
     */
    if (enc->at == 0 && enc->pending.value == NO_TABLE) {
        *length = 0;
        return PCTAB_OK;
    }
    enum pctab_error error = flush(enc);
    if (error != PCTAB_OK)
        return error;
    if (!put_varint(enc, 0))
        return PCTAB_NO_SPACE;
    *length = enc->at;
    return PCTAB_OK;
}

static enum pctab_error encode(struct pctab_encoder *enc, const struct pc_run *runs, size_t n, size_t *length)
{
    *length = 0;
    for (size_t i = 0; i < n; i++) {
        enum pctab_error error = pctab_encoder_add(enc, &runs[i]);
        if (error != PCTAB_OK)
            return error;
    }
    return pctab_encoder_end(enc, length);
}

enum pctab_error pctab_encode(const struct pc_run *runs, size_t n, uint32_t quantum, uint8_t *out,
                              size_t capacity, size_t *length)
{
    struct pctab_encoder enc;

    pctab_encoder_begin(&enc, quantum, out, capacity);
    return encode(&enc, runs, n, length);
}

enum pctab_error pctab_encode_sp_delta(const struct pc_run *runs, size_t n, uint32_t quantum, uint8_t *out,
                                       size_t capacity, size_t *length)
{
    struct pctab_encoder enc;

    pctab_encoder_begin(&enc, quantum, out, capacity);
    enc.min = SP_DELTA_MIN;
    enc.max = SP_DELTA_MAX;
    return encode(&enc, runs, n, length);
}
