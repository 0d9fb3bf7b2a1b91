/* SP deltas: see sp_oracle.h. The table is one lookup of a few bytes; SP was noted when the signal came. */
#include "sp_oracle.h"

#include <stdio.h>

#include "arch.h"

enum pctab_error sp_delta_by_table(const struct test_case *c, uintptr_t pc, int32_t *value)
{
    struct pctab table = {c->sp_table, c->sp_table_length, c->func_size, ARCH_PC_QUANTUM, PCTAB_ANY};
    struct pc_run run;
    enum pctab_error error = pctab_lookup(&table, (uint32_t)(pc - (uintptr_t)c->entry), &run);
    *value = error == PCTAB_OK ? run.value : SP_DELTA_UNKNOWN;
    return error;
}

static int32_t displacement(const struct shot *s)
{
    return (int32_t)(s->sp_at_entry - s->sp_at);
}

enum sp_finding sp_delta_at_pc(const struct test_case *c, const struct shot *s)
{
    int32_t value;
    if (sp_delta_by_table(c, s->pc_at, &value) != PCTAB_OK)
        return SP_INEXACT;
    if (value == SP_DELTA_UNKNOWN && (c->flags & CASE_SP_WRITE))
        return SP_UNKNOWN;
    return value == displacement(s) ? SP_EXACT : SP_INEXACT;
}

static bool holds(const struct test_case *c, const struct shot *s, uintptr_t pc, const char *which,
                  struct verdict *v)
{
    int32_t value;
    enum pctab_error error = sp_delta_by_table(c, pc, &value);
    if (error == PCTAB_OK &&
        (value == displacement(s) || (value == SP_DELTA_UNKNOWN && (c->flags & CASE_SP_WRITE))))
        return true;
    v->oracle = ORACLE_SP_DELTA;
    snprintf(v->expected, sizeof v->expected,
             "the SP-delta table to hold at the %s PC, +0x%x: SP is %d below the entry's", which,
             (unsigned)(pc - (uintptr_t)c->entry), (int)displacement(s));
    if (error == PCTAB_OK)
        snprintf(v->got, sizeof v->got, "it says %d", (int)value);
    else
        snprintf(v->got, sizeof v->got, "%.150s", pctab_strerror(error));
    return false;
}

bool judge_sp_delta(const struct test_case *c, const struct shot *s, struct verdict *v)
{
    bool in_case = s->pc_at >= (uintptr_t)c->entry && s->pc_at < (uintptr_t)c->end;
    v->oracle = NO_ORACLE;
    return !c->sp_table || !in_case || s->decision.refusal != INJECT ||
           (holds(c, s, s->pc_at, "interrupted", v) && holds(c, s, s->resume_pc, "resume", v));
}
