/* What the runtime refuses to preempt whatever the table of unsafe points says. */
#ifndef EVERYPC_GO_FILTER_H
#define EVERYPC_GO_FILTER_H

#include "gobin_fields.h"

/* Whether the runtime of that binary refuses all of a function because of its name. */
bool is_runtime_name(const struct gobin *bin, const char *name);
/* Notes in f->damage what is wrong with its inlining tree. */
void check_inlining(const struct gobin *bin, struct gobin_func *f);

#endif
