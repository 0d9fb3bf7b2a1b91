/* The interrupted goroutine's stack, as the binary's SP-delta tables have it. */
#ifndef EVERYPC_LIVE_UNWIND_H
#define EVERYPC_LIVE_UNWIND_H

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

#include "live/shots.h"

/* clang-format off */
enum unwind_end {
    UNWIND_ENDS,      /* at the goroutine's first function */
    UNWIND_NOT_FOLLOWED, /* at a frame that no SP delta leads out of, or too deep */
    UNWIND_LOST,      /* a return address that is in no function */
    UNWIND_ENDS_ELSEWHERE, /* at such a function, but not where its goroutine began: at is SP there */
};
/* clang-format on */

/* Whether the SP deltas at two PCs are both known, and differ. */
bool unwind_deltas_differ(uintptr_t a, uintptr_t b, int32_t *of_a, int32_t *of_b);
enum { MAX_DEPTH = 400 };

struct unwound {
    enum unwind_end end;
    uintptr_t at;    /* the PC it ended at; UNWIND_LOST: the address that was in no function */
    uintptr_t frame; /* a PC, as the file has it, of the function whose return address that was */
    unsigned depth;  /* which frame it ended at, from 0 */
    unsigned n;
    uintptr_t pcs[MAX_DEPTH]; /* of n frames, the interrupted one first; behind it return addresses */
};

/* Walks from a context to the goroutine's first function, as the runtime's unwinder does (Go 1.19,
 * runtime/traceback.go, gentraceback). */
void unwind(const ucontext_t *uc, struct unwound *out);

/* The function at a PC of the file, or null. */
const struct shots_function *unwind_function(uint64_t file_pc);

#endif
