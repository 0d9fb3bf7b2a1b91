/* The kernel's sets of signals: bit n - 1 for signal n, in words of a long. */
#ifndef EVERYPC_LIVE_SIGSET_H
#define EVERYPC_LIVE_SIGSET_H

#include "kernel.h"

enum { SIGSET_WORD_BITS = 8 * sizeof(long), SIGSET_WORDS = ARCH_SIGSET_SIZE / sizeof(long) };

static inline unsigned long sigset_bit(int number)
{
    return 1ul << ((unsigned)(number - 1) % SIGSET_WORD_BITS);
}

static inline unsigned long *sigset_word(unsigned long *set, int number)
{
    return &set[(unsigned)(number - 1) / SIGSET_WORD_BITS];
}

static inline void sigset_remove(unsigned long *set, int number)
{
    *sigset_word(set, number) &= ~sigset_bit(number);
}

#endif
