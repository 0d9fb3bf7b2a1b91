/* The clock that durations are measured with. */
#ifndef EVERYPC_CLOCK_H
#define EVERYPC_CLOCK_H

#include <stdint.h>

/* Nanoseconds of a clock that only goes forward. */
uint64_t now_ns(void);

#endif
