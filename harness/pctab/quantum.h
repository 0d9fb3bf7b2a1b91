/* What encoder, decoder and cache must know of the PC quantum. Internal to pctab/. Masks and shifts,
 * because a division would pull libgcc into the probe on the 32-bit targets. */
#ifndef EVERYPC_PCTAB_QUANTUM_H
#define EVERYPC_PCTAB_QUANTUM_H

#include <stdbool.h>
#include <stdint.h>

static inline bool quantum_is_valid(uint32_t quantum)
{
    return quantum == 1 || quantum == 2 || quantum == 4;
}

/* log2 of a valid quantum, 0 for any other. */
static inline unsigned quantum_shift(uint32_t quantum)
{
    return quantum == 4 ? 2 : quantum == 2 ? 1 : 0;
}

#endif
