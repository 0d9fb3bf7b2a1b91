/* What a function's tables say at each of its instructions. */
#ifndef EVERYPC_GO_POINTS_H
#define EVERYPC_GO_POINTS_H

#include "cfg.h"

/* Fills the tables' part of each instruction. */
void points_read(struct cfg *cfg);

/* PCs by what the tables say where the runtime accepts a signal; in the order safe, unsafe, restart, restart
 * at entry; and last those that its filter refuses. Delay slots are not PCs. */
enum { PC_SAFE, PC_UNSAFE, PC_RESTART, PC_AT_ENTRY, PC_FILTERED, N_PC_KINDS };
extern const char *const pc_kind_names[N_PC_KINDS];
int pc_kind(const struct insn *insn);

#endif
