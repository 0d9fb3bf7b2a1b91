/* The oracles of single shots: decision, frame, state, and what a run that broke off says. */
#include "oracle.h"

#include <stdio.h>
#include <string.h>

#include "arch.h"
#include "return_oracle.h"
#include "roots_oracle.h"
#include "sp_oracle.h"
#include "system.h"

/* An address as the user reads it: "+0x8" in the case, "async_preempt+0x10", or plain. */
static void name_pc(const struct test_case *c, uintptr_t pc, char *out, size_t n)
{
    if (pc >= (uintptr_t)c->entry && pc < (uintptr_t)c->end)
        snprintf(out, n, "+0x%x", (unsigned)(pc - (uintptr_t)c->entry));
    else if (pc >= (uintptr_t)async_preempt && pc < (uintptr_t)async_preempt_end)
        snprintf(out, n, "async_preempt+0x%x", (unsigned)(pc - (uintptr_t)async_preempt));
    else
        snprintf(out, n, "0x%llx", (unsigned long long)pc);
}

const char *refusal_text(enum refusal refusal)
{
    /* clang-format off */
    static const char *const why[] = {
        [INJECT] = "injected", [REFUSE_UNWANTED] = "not requested", [REFUSE_STACK] = "no stack",
        [REFUSE_UNKNOWN_PC] = "unknown PC", [REFUSE_LISTED] = "refusal list",
        [REFUSE_HALF_CALL] = "half-executed call", [REFUSE_UNSAFE] = "unsafe point",
        [REFUSE_RANGE] = "overlong range", [REFUSE_TABLE] = "unreadable table",
        [REFUSE_BUSY] = "in an exception or a system call",
    };
    /* clang-format on */
    return why[refusal];
}

static bool decision(const struct test_case *c, const struct shot *s, struct expectation e, struct verdict *v)
{
    bool injected = s->injected > 0 || s->decision.refusal == INJECT;
    char where[48];
    if (e.inject == injected && (!injected || s->resume_pc == e.resume_pc))
        return true;
    v->oracle = ORACLE_DECISION;
    name_pc(c, e.resume_pc, where, sizeof where);
    snprintf(v->expected, sizeof v->expected, e.inject ? "inject, resume at %s" : "refuse%.0s", where);
    name_pc(c, s->resume_pc, where, sizeof where);
    if (injected)
        snprintf(v->got, sizeof v->got, "injected, resume at %s", where);
    else
        snprintf(v->got, sizeof v->got, "refused: %s", refusal_text(s->decision.refusal));
    return false;
}

bool answered_once(const struct test_case *c, const struct shot *s)
{
    bool by_call = s->guard_raised && s->decision.refusal == INJECT;
    return !(c->flags & CASE_STACK_CHECK) || !s->only || s->morestacks == !by_call;
}

bool judge_push_call(oracle_set without, const struct shot *s, struct verdict *v)
{
    v->oracle = NO_ORACLE;
    if (!s->landed || s->frame_ok || !oracle_is_on(without, ORACLE_FRAME))
        return true;
    v->oracle = ORACLE_FRAME;
    snprintf(v->expected, sizeof v->expected, "%s", s->frame_expected);
    snprintf(v->got, sizeof v->got, "%s", s->frame_got);
    return false;
}

static bool is_chained(const struct shot *s, struct verdict *v)
{
    if (s->chained || s->decision.refusal != INJECT)
        return true;
    snprintf(v->expected, sizeof v->expected, "a frame record on the live stack or the entry's=0x%llx",
             (unsigned long long)s->fp_at_entry);
    snprintf(v->got, sizeof v->got, "a frame record on the live stack or the entry's=0x%llx",
             (unsigned long long)s->astray);
    return false;
}

/* The request for preemption, which is answered once: by the injected call, or else. */
static bool is_answered(const struct test_case *c, const struct shot *s, struct verdict *v)
{
    bool injects = s->decision.refusal == INJECT;
    if (s->injected != injects) {
        snprintf(v->expected, sizeof v->expected, "%d injected call(s)", injects);
        snprintf(v->got, sizeof v->got, "%u", (unsigned)s->injected);
    } else if (s->answered != injects) {
        snprintf(v->expected, sizeof v->expected, "a request that %s",
                 s->answered ? "stands" : "is withdrawn");
        snprintf(v->got, sizeof v->got, "one that %s", s->answered ? "is withdrawn" : "stands");
    } else if (!answered_once(c, s)) {
        snprintf(v->expected, sizeof v->expected,
                 "a request for preemption that is answered once, by the injected call or morestack");
        snprintf(v->got, sizeof v->got,
                 "%u injected call(s) while the stack guard was raised, %u call(s) of morestack",
                 (unsigned)(s->guard_raised ? s->injected : 0), (unsigned)s->morestacks);
    } else {
        return true;
    }
    return false;
}

static bool keeps_rules(const struct shot *s, struct verdict *v)
{
    if (s->broken_rule) {
        snprintf(v->expected, sizeof v->expected, "%s by the ABI: %s",
                 s->sp_at % ARCH_STACK_ALIGN == 0 ? "the stub to call" : "an injected call", s->broken_rule);
        snprintf(v->got, sizeof v->got, "a call that breaks this rule");
    } else if (!stack_canary_intact()) {
        snprintf(v->expected, sizeof v->expected, "the stack's low end untouched");
        snprintf(v->got, sizeof v->got, "its canary overwritten");
    } else {
        return true;
    }
    return false;
}

static bool frame(const struct test_case *c, const struct shot *s, struct verdict *v)
{
    if (is_chained(s, v) && is_answered(c, s, v) && keeps_rules(s, v))
        return true;
    v->oracle = ORACLE_FRAME;
    return false;
}

/* What the run ended with, by all registers or by those that the platform loses. */
static bool ended_alike(enum oracle oracle, const struct golden *golden, const struct state *got,
                        struct verdict *v)
{
    struct state_diff diff;
    if (oracle == ORACLE_STATE ? state_equal(golden, got, &diff) : state_lost_equal(golden, got, &diff))
        return true;
    v->oracle = oracle;
    snprintf(v->expected, sizeof v->expected, "%s", diff.expected);
    snprintf(v->got, sizeof v->got, "%s", diff.got);
    return false;
}

bool judge_shot_as(oracle_set without, struct expectation e, const struct test_case *c, const struct shot *s,
                   const struct golden *golden, const struct state *got, struct verdict *v)
{
#define IS_OFF(oracle) (!oracle_is_on(without, oracle))
    if (s->outcome != RUN_LEFT)
        golden = NULL;
    return judge_push_call(without, s, v) && (IS_OFF(ORACLE_DECISION) || decision(c, s, e, v)) &&
           (IS_OFF(ORACLE_FRAME) || frame(c, s, v)) && (IS_OFF(ORACLE_SP_DELTA) || judge_sp_delta(c, s, v)) &&
           (IS_OFF(ORACLE_RETURN) || judge_return(c, s, v)) &&
           (IS_OFF(ORACLE_ROOTS) || judge_roots(c, s, v)) &&
           (!golden || IS_OFF(ORACLE_STATE) || ended_alike(ORACLE_STATE, golden, got, v)) &&
           (!golden || IS_OFF(ORACLE_PLATFORM) || ended_alike(ORACLE_PLATFORM, golden, got, v));
#undef IS_OFF
}

bool judge_shot(oracle_set without, const struct test_case *c, const struct shot *s,
                const struct golden *golden, const struct state *got, struct verdict *v)
{
    return judge_shot_as(without, expected_decision(c, s->pc, s->lr_at), c, s, golden, got, v);
}

bool judge_outcome(const struct test_case *c, const struct shot *s, struct verdict *v)
{
    char where[48];
    v->oracle = NO_ORACLE;
    if (s->outcome == RUN_LEFT)
        return true;
    name_pc(c, s->fatal_pc, where, sizeof where);
    v->oracle = s->outcome == RUN_HUNG ? ORACLE_HANG : ORACLE_CRASH;
    snprintf(v->expected, sizeof v->expected, "the case comes to its end");
    if (s->outcome == RUN_HUNG)
        snprintf(v->got, sizeof v->got, "still running at %s", where);
    else
        snprintf(v->got, sizeof v->got, "signal %d (%s) at %s", s->fatal_signal,
                 system_signal_name(s->fatal_signal), where);
    return false;
}

bool judge_layout(oracle_set without, const struct test_case *c, struct verdict *v)
{
    v->oracle = NO_ORACLE;
    if (!oracle_is_on(without, ORACLE_LAYOUT))
        return true;
    for (uint32_t k = 0; k < c->n_pcs; k++) {
        if (c->pcs[k].offset == c->pcs[k].promised)
            continue;
        v->oracle = ORACLE_LAYOUT;
        snprintf(v->expected, sizeof v->expected, "an instruction at +0x%x (%s)", c->pcs[k].promised,
                 c->progs[c->pcs[k].prog].text);
        snprintf(v->got, sizeof v->got, "at +0x%x: the optab's sizes are wrong", c->pcs[k].offset);
        return false;
    }
    if ((uint32_t)(c->end - c->entry) != c->func_size) {
        v->oracle = ORACLE_LAYOUT;
        snprintf(v->expected, sizeof v->expected, "%u bytes of code", (unsigned)c->func_size);
        snprintf(v->got, sizeof v->got, "%u: the optab's sizes are wrong", (unsigned)(c->end - c->entry));
    }
    return v->oracle == NO_ORACLE;
}
