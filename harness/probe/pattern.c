/* Hashing (FNV-1a): see pattern.h. */
#include "pattern.h"

uint64_t pattern_hash(const char *text)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++)
        h = (h ^ (uint8_t)*text) * UINT64_C(0x100000001b3);
    return h;
}

uint64_t pattern_word(uint64_t seed, int k, uintptr_t at)
{
    return pattern_mix(seed ^ ((uint64_t)k << 48) ^ at);
}
