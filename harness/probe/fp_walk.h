/* The frame-pointer chain, as a tracer walks it from an injected call (Go 1.21 and later,
 * runtime/tracestack.go fpTracebackPCs): for cases that keep frame pointers (CASE_FRAME_POINTER), on the
 * architectures whose mcontext.h has ctx_fp. */
#ifndef EVERYPC_FP_WALK_H
#define EVERYPC_FP_WALK_H

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

#include "arch.h"
#include "case.h"

/* Whether the chain of this context leads to the frame record that the frame pointer was at when the case was
 * entered, `in`, and every record before that lies on the live stack, above SP (and ARCH_FP_BELOW_SP bytes
 * below it). Else the first address that is not one goes to *astray. True of cases that keep no frame
 * pointers. Async-signal-safe. */
bool fp_walk(const struct test_case *c, const ucontext_t *uc, uintptr_t at_entry, uintptr_t *astray);

/* The frame pointer of a state; 0 where there is none. */
uintptr_t state_fp(const struct state *s);

#endif
