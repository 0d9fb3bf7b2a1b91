/* Callees that leave another state behind than calls do. */
#ifndef EVERYPC_GO_CALLEES_H
#define EVERYPC_GO_CALLEES_H

#include "cfg.h"

/* By a function's name. */
enum callee callee_of_name(const char *name);

#endif
