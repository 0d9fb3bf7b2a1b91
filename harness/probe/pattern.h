/* Pseudo-random contents of registers and memory: the same for the same seed, on every machine. */
#ifndef EVERYPC_PATTERN_H
#define EVERYPC_PATTERN_H

#include <stdint.h>

uint64_t pattern_mix(uint64_t z);
uint64_t pattern_hash(const char *text);
/* 8 bytes of the pattern that memory at an address has in state `k`. */
uint64_t pattern_word(uint64_t seed, int k, uintptr_t at);

#endif
