/* Is the adversary thorough? A stub that keeps nothing is put in place of the one under test: every bit of
 * every register that a case could miss must come out of the injected call turned over, and so must the
 * memory below the stack pointer. Otherwise a stub that forgets to restore one would go unnoticed. What stays
 * all the same is listed, with the reason, in the architecture's regs.h (ARCH_SPARED). */
#ifndef EVERYPC_THOROUGH_H
#define EVERYPC_THOROUGH_H

#include "options.h"

/* Tries it from several states; writes the event "adversary": the registers that stay in part or whole,
 * "spared" by their nature and "lacking" on this CPU. What is not as listed fails the oracle "platform". */
void thorough_test(const struct options *o);

#endif
