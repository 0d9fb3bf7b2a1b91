/* splitmix64: random numbers from a seed, the same on every machine. */
#ifndef EVERYPC_SPLITMIX_H
#define EVERYPC_SPLITMIX_H

#include <stdint.h>

static inline uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* The state that case `k` of this seed begins with. */
static inline uint64_t splitmix_seed(uint64_t seed, int k)
{
    return (seed + 1) * UINT64_C(0xd1342543de82ef95) ^ (uint64_t)k * UINT64_C(0x2545f4914f6cdd1d);
}

/* 0 to n-1 */
static inline int splitmix_below(uint64_t *state, int n)
{
    return (int)(splitmix64(state) % (uint64_t)n);
}

#endif
