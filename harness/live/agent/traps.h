/* The traps: instructions of the program that are replaced for a while. */
#ifndef EVERYPC_LIVE_TRAPS_H
#define EVERYPC_LIVE_TRAPS_H

#include <stdbool.h>
#include <stdint.h>

#include "live/shots.h"

/* The agent's one plan, mapped. */
extern struct shots_head *plan;

struct shots_pc *traps_pcs(void);
/* The entry at an address of the process, or null. */
struct shots_pc *traps_find(uintptr_t pc);
uintptr_t traps_address(const struct shots_pc *p);

/* Once the plan is mapped. */
void traps_begin(void);
/* Puts a trap in an instruction's place, or the instruction back. */
void trap_arm(const struct shots_pc *p);
void trap_disarm(const struct shots_pc *p);
bool trap_is_armed(const struct shots_pc *p);

#endif
