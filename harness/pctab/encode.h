/* A table written run by run, so that neither an array of runs nor an array of Progs has to be turned
 * into the other without allocation. Internal to pctab/: pctab_encode and mark_encode are the front. */
#ifndef EVERYPC_PCTAB_ENCODE_H
#define EVERYPC_PCTAB_ENCODE_H

#include "pctab.h"

struct pctab_encoder {
    uint8_t *out; /* borrowed */
    size_t capacity, at;
    uint32_t quantum;
    int32_t min, max;      /* of the values; set by pctab_encoder_begin for unsafe points */
    int32_t written;       /* the value that the bytes so far end with; Go's tables start at -1 */
    struct pc_run pending; /* not yet written: its successor may have the same value */
};

void pctab_encoder_begin(struct pctab_encoder *enc, uint32_t quantum, uint8_t *out, size_t capacity);
/* After an error the encoder must not be used again. */
enum pctab_error pctab_encoder_add(struct pctab_encoder *enc, const struct pc_run *run);
enum pctab_error pctab_encoder_end(struct pctab_encoder *enc, size_t *length);

#endif
