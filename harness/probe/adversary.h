/* The adversary: what runs inside the injected call, and what it noticed. The registers are overwritten by the
 * architecture's async_preempt2 (enter.S), behind everypc_adversary. */
#ifndef EVERYPC_ADVERSARY_H
#define EVERYPC_ADVERSARY_H

#include <stdbool.h>
#include <stdint.h>

/* Before each run: forgets the last one's calls. */
void adversary_begin(void);
/* What the injected call calls besides; null: nothing. */
void adversary_meanwhile(void (*f)(void));
/* How often the injected call ran since. */
uint32_t adversary_calls(void);
/* Whether one of them ran with a misaligned stack, or off the case's stack. */
bool adversary_misaligned(void);

#endif
