/* The case "guard.idle", which the probe's guards run (probe/guard_cases.h). */
#ifndef EVERYPC_ASM_GUARD_H
#define EVERYPC_ASM_GUARD_H

#include "emit.h"

/* Writes it. False and an error if the emitter refuses. */
bool emit_guard(struct emitter *m, struct error *e);

#endif
