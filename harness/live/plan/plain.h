/* Plans shots of a plain signal at an ELF program of any language. Host only. */
#ifndef EVERYPC_LIVE_PLAIN_H
#define EVERYPC_LIVE_PLAIN_H

#include "plan.h"

/* As plan_make, for the functions that the file's symbols name; o->functions must have a glob, or o->at be
 * given. `signal`: its number on the target. */
bool plain_plan(const char *path, int signal, const struct plan_options *o, struct plan *out,
                struct error *e);
/* The everypc target of a program, and its byte order; null and an error. */
const char *plain_target(const char *path, bool *big_endian, struct error *e);

#endif
