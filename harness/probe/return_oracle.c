/* The return address: see return_oracle.h. */
#include "return_oracle.h"

#include <stdio.h>

#include "pctab/pctab.h"
#include "arch.h"
#include "case_memory.h"
#include "mcontext.h"
#include "registers.h"
#include "sp_oracle.h"

void return_begin(const struct test_case *c, const struct state *in)
{
    struct pctab table = {c->sp_table, c->sp_table_length, c->func_size, ARCH_PC_QUANTUM, PCTAB_ANY};
    struct pctab_iter it;
    enum pctab_error error;
    if (!ARCH_REG_LINK || !c->sp_table_length || (c->flags & (CASE_FOREIGN | CASE_FRAGMENT)))
        return;
    for (pctab_begin(&it, &table); pctab_next(&it, &error);) {
        uintptr_t at = state_sp(in) - (uintptr_t)(intptr_t)it.run.value;
        if (it.run.value > STACK_BELOW && at % sizeof at == 0 && at > (uintptr_t)case_stack + STACK_CANARY &&
            on_case_stack(at))
            *(uintptr_t *)at = ~state_return(in);
    }
}

void return_note(struct shot *s, const ucontext_t *uc)
{
    uintptr_t at = ARCH_REG_LINK ? ctx_sp(uc) : s->sp_at_entry;
    s->link = ctx_lr(uc);
    s->return_slot = on_case_stack(at) && on_case_stack(at + sizeof at - 1) ? *(const uintptr_t *)at : 0;
}

static bool is_there(const struct test_case *c, const struct shot *s, uintptr_t pc, const char *which,
                     struct verdict *v)
{
    int32_t delta;
    if (sp_delta_by_table(c, pc, &delta) != PCTAB_OK || delta == SP_DELTA_UNKNOWN)
        return true;
    bool in_link = ARCH_REG_LINK && delta == 0;
    uintptr_t found = in_link ? s->link : s->return_slot;
    if (found == s->return_at_entry)
        return true;
    const char *place = in_link         ? "the link register"
                        : ARCH_REG_LINK ? "0(SP)"
                                        : "the word at the entry's SP";
    v->oracle = ORACLE_RETURN;
    snprintf(v->expected, sizeof v->expected, "the entry's return address at the %s PC, +0x%x, in %s: 0x%llx",
             which, (unsigned)(pc - (uintptr_t)c->entry), place, (unsigned long long)s->return_at_entry);
    if (found >= (uintptr_t)c->entry && found < (uintptr_t)c->end)
        snprintf(v->got, sizeof v->got, "an address in the function itself, +0x%x",
                 (unsigned)(found - (uintptr_t)c->entry));
    else
        snprintf(v->got, sizeof v->got, "0x%llx", (unsigned long long)found);
    return false;
}

bool judge_return(const struct test_case *c, const struct shot *s, struct verdict *v)
{
    bool in_case = s->pc_at >= (uintptr_t)c->entry && s->pc_at < (uintptr_t)c->end;
    v->oracle = NO_ORACLE;
    return !c->sp_table || !in_case || c->flags & (CASE_FOREIGN | CASE_FRAGMENT) ||
           s->decision.refusal != INJECT ||
           (is_there(c, s, s->pc_at, "interrupted", v) && is_there(c, s, s->resume_pc, "resume", v));
}
