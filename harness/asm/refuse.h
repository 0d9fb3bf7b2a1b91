/* What cases can't hold, and why: told before anything is run, not by what goes wrong then. */
#ifndef EVERYPC_REFUSE_H
#define EVERYPC_REFUSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "target.h"

/* Why the instruction that n bytes begin with can't stand in a case; null: nothing is known against it. */
const char *refuse_insn(const struct target *t, const uint8_t *bytes, size_t n);

/* Whether that is because the instruction calls the system. */
bool refuse_is_system_call(const char *why);

/* Why the operation, in Go's syntax, can't; null: nothing is known against it. */
const char *refuse_op(const char *op);

#endif
