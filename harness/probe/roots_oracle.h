/* The oracle "roots": whether a garbage collector finds every pointer that the injected call was given. It
 * scans the stub's frame and the frames above it, and the stub saves every register there but the link
 * register, which push_call has stored below the interrupted SP: in a slot that is of neither frame, and is
 * taken for a return address. A pointer whose last copy was in the link register is lost (golang/go#80188).
 * Runtimes from Go 1.26.10 and 1.27.3 on add that slot (scanframeworker in runtime/mgcmark.go); for these
 * leave the oracle out.
 *
 * A pointer is what points into the arena, which is one object. That a value is never read again is not seen:
 * a case that leaves one behind in the link register must not be injected into there either. */
#ifndef EVERYPC_ROOTS_ORACLE_H
#define EVERYPC_ROOTS_ORACLE_H

#include <ucontext.h>

#include "case.h"
#include "shot.h"
#include "verdict.h"

/* Notes what the judgement needs in an injected shot, `called` being the context behind push_call. */
void roots_note(struct shot *s, const ucontext_t *called);

/* Of a shot with an injected call. */
bool judge_roots(const struct test_case *c, const struct shot *s, struct verdict *v);

#endif
