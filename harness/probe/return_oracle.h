/* The oracle "return": whether an unwinder finds the entry's return address, where it looks for it: at the
 * word that SP points to or, where the SP-delta table says 0, in the link register; on architectures whose
 * calls push, always at the word that SP pointed to at the entry (Go 1.19, runtime/traceback.go
 * gentraceback).
 */
#ifndef EVERYPC_RETURN_ORACLE_H
#define EVERYPC_RETURN_ORACLE_H

#include <ucontext.h>

#include "arch.h"
#include "case.h"
#include "shot.h"
#include "verdict.h"

/* Before each run from this initial state: makes sure that no return address lies where one may have been
 * left by the run before, in the words that SP can point to by the SP-delta table. */
void return_begin(const struct test_case *c, const struct state *in);

/* Notes in the shot, before anything is decided, what the places hold that an unwinder may look at. */
void return_note(struct shot *s, const ucontext_t *uc);

/* A shot that landed in the case. As with SP deltas, this must hold where the call was injected: at the
 * interrupted PC and at the resume PC. Nothing is asked where the SP-delta table knows nothing, nor of code
 * out of a binary, which need not begin at a function's entry. */
bool judge_return(const struct test_case *c, const struct shot *s, struct verdict *v);

#endif
