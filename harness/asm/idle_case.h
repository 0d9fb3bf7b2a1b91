/* The case "guard.idle", which the probe's guards run in the probe. */
#ifndef EVERYPC_IDLE_CASE_H
#define EVERYPC_IDLE_CASE_H

#include "emit.h"

/* Writes it. False and an error if the emitter refuses. */
bool emit_idle_case(struct emitter *m, struct error *e);

#endif
