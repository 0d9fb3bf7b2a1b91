/* Pseudo-random contents of registers and memory: the same for the same seed, on every machine. */
#ifndef EVERYPC_PATTERN_H
#define EVERYPC_PATTERN_H

#include <stdint.h>

/* SplitMix64. */
static inline uint64_t pattern_mix(uint64_t z)
{
    z += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

uint64_t pattern_hash(const char *text);
/* 8 bytes of the pattern that memory at an address has in state `k`. */
uint64_t pattern_word(uint64_t seed, int k, uintptr_t at);

#endif
