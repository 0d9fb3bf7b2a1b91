/* Windows: the performance counter. */
#include "probe/clock.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

uint64_t now_ns(void)
{
    static uint64_t frequency; /* a second */
    LARGE_INTEGER n;
    if (!frequency) {
        QueryPerformanceFrequency(&n);
        frequency = (uint64_t)n.QuadPart;
    }
    QueryPerformanceCounter(&n);
    uint64_t ticks = (uint64_t)n.QuadPart;
    return ticks / frequency * 1000000000u + ticks % frequency * 1000000000u / frequency;
}
