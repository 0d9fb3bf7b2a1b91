/* The oracle "sp-delta": how far SP really was from where it was at entry, against the SP-delta table (Go's
 * pcsp), by which an unwinder would find the caller's frame. */
#ifndef EVERYPC_SP_ORACLE_H
#define EVERYPC_SP_ORACLE_H

#include "pctab/pctab.h"
#include "case.h"
#include "shot.h"
#include "verdict.h"

enum sp_finding {
    SP_EXACT,
    SP_INEXACT, /* the table says something else */
    SP_UNKNOWN, /* the table says nothing: SP was written otherwise than by a constant */
};

/* What the table says at an address of the case; SP_DELTA_UNKNOWN with an error. */
enum pctab_error sp_delta_by_table(const struct test_case *c, uintptr_t pc, int32_t *value);

/* What the table is worth at PC number `pc`, where the shot landed. */
enum sp_finding sp_delta_at_pc(const struct test_case *c, const struct shot *s);

/* A shot that landed in the case. Where the call was injected the table must hold, at the interrupted PC,
 * which a profiler or a debugger unwinds from, and at the resume PC, which the injected call returns to and
 * the collector unwinds from (Go 1.19, runtime/traceback.go gentraceback: funcspdelta of the frame's PC).
 * Where it was refused only a profiler unwinds, which tolerates errors (sigprof), and Go's own tables
 * are off there: in sequences that move SP in steps, and in prologues that store the link register before SP
 * moves. */
bool judge_sp_delta(const struct test_case *c, const struct shot *s, struct verdict *v);

#endif
