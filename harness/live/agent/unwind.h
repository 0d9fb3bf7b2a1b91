/* The interrupted goroutine's stack, as the binary's SP-delta tables have it. */
#ifndef EVERYPC_LIVE_UNWIND_H
#define EVERYPC_LIVE_UNWIND_H

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

/* clang-format off */
enum unwind_end {
    UNWIND_ENDS,      /* at the goroutine's first function */
    UNWIND_NOT_FOLLOWED, /* at a frame that no SP delta leads out of, or too deep */
    UNWIND_LOST,      /* a return address that is in no function */
    UNWIND_ENDS_ELSEWHERE, /* at such a function, but not where its goroutine began: *at is SP there */
};
/* clang-format on */

/* Whether the SP deltas at two PCs are both known, and differ. */
bool unwind_deltas_differ(uintptr_t a, uintptr_t b, int32_t *of_a, int32_t *of_b);

/* Walks from a context to the goroutine's first function, as the runtime's unwinder does (Go 1.19,
 * runtime/traceback.go, gentraceback). *at: the address that was in no function, *frame: a PC of the
 * function whose return address it was, *depth: which frame that is, from 0. */
enum unwind_end unwind(const ucontext_t *uc, uintptr_t *at, uintptr_t *frame, unsigned *depth);

#endif
