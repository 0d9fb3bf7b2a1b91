/* The oracles of single shots: decision, frame, state, and what a run that broke off says. */
#include "oracle.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "arch.h"
#include "return_oracle.h"
#include "sp_oracle.h"

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

static struct verdict decision(const struct test_case *c, const struct shot *s, struct expectation e)
{
    /* clang-format off */
    static const char *const why[] = {
        [INJECT] = "injected", [REFUSE_UNWANTED] = "not requested", [REFUSE_STACK] = "no stack",
        [REFUSE_UNKNOWN_PC] = "unknown PC", [REFUSE_LISTED] = "refusal list",
        [REFUSE_HALF_CALL] = "half-executed call", [REFUSE_UNSAFE] = "unsafe point",
        [REFUSE_RANGE] = "overlong range", [REFUSE_TABLE] = "unreadable table",
    };
    /* clang-format on */
    struct verdict v = {0};
    bool injected = s->injected > 0 || s->decision.refusal == INJECT;
    char where[48];
    if (e.inject == injected && (!injected || s->resume_pc == e.resume_pc))
        return v;
    v.oracle = ORACLE_DECISION;
    name_pc(c, e.resume_pc, where, sizeof where);
    snprintf(v.expected, sizeof v.expected, e.inject ? "inject, resume at %s" : "refuse%.0s", where);
    name_pc(c, s->resume_pc, where, sizeof where);
    if (injected)
        snprintf(v.got, sizeof v.got, "injected, resume at %s", where);
    else
        snprintf(v.got, sizeof v.got, "refused: %s", why[s->decision.refusal]);
    return v;
}

bool answered_once(const struct test_case *c, const struct shot *s)
{
    bool by_call = s->guard_raised && s->decision.refusal == INJECT;
    return !(c->flags & CASE_STACK_CHECK) || !s->only || s->morestacks == !by_call;
}

struct verdict judge_push_call(oracle_set without, const struct shot *s)
{
    struct verdict v = {0};
    if (!s->landed || s->frame_ok || !oracle_is_on(without, ORACLE_FRAME))
        return v;
    v.oracle = ORACLE_FRAME;
    snprintf(v.expected, sizeof v.expected, "%s", s->frame_expected);
    snprintf(v.got, sizeof v.got, "%s", s->frame_got);
    return v;
}

static struct verdict frame(const struct test_case *c, const struct shot *s)
{
    struct verdict v = {0};
    if (!s->chained && s->decision.refusal == INJECT) {
        v.oracle = ORACLE_FRAME;
        snprintf(v.expected, sizeof v.expected, "a frame record on the live stack or the entry's=0x%llx",
                 (unsigned long long)s->fp_at_entry);
        snprintf(v.got, sizeof v.got, "a frame record on the live stack or the entry's=0x%llx",
                 (unsigned long long)s->astray);
    } else if (s->injected != (s->decision.refusal == INJECT)) {
        v.oracle = ORACLE_FRAME;
        snprintf(v.expected, sizeof v.expected, "%d injected call(s)", s->decision.refusal == INJECT);
        snprintf(v.got, sizeof v.got, "%u", (unsigned)s->injected);
    } else if (s->answered != (s->decision.refusal == INJECT)) {
        v.oracle = ORACLE_FRAME;
        snprintf(v.expected, sizeof v.expected, "a request that %s", s->answered ? "stands" : "is withdrawn");
        snprintf(v.got, sizeof v.got, "one that %s", s->answered ? "is withdrawn" : "stands");
    } else if (!answered_once(c, s)) {
        v.oracle = ORACLE_FRAME;
        snprintf(v.expected, sizeof v.expected,
                 "a request for preemption that is answered once, by the injected call or morestack");
        snprintf(v.got, sizeof v.got,
                 "%u injected call(s) while the stack guard was raised, %u call(s) of morestack",
                 (unsigned)(s->guard_raised ? s->injected : 0), (unsigned)s->morestacks);
    } else if (s->broken_rule) {
        v.oracle = ORACLE_FRAME;
        snprintf(v.expected, sizeof v.expected, "%s by the ABI: %s",
                 s->sp_at % ARCH_STACK_ALIGN == 0 ? "the stub to call" : "an injected call", s->broken_rule);
        snprintf(v.got, sizeof v.got, "a call that breaks this rule");
    } else if (!stack_canary_intact()) {
        v.oracle = ORACLE_FRAME;
        snprintf(v.expected, sizeof v.expected, "the stack's low end untouched");
        snprintf(v.got, sizeof v.got, "its canary overwritten");
    }
    return v;
}

struct verdict judge_shot_as(oracle_set without, struct expectation e, const struct test_case *c,
                             const struct shot *s, const struct golden *golden, const struct state *got)
{
    struct verdict v = {0};
    if (s->outcome != RUN_LEFT)
        golden = NULL;
    v = judge_push_call(without, s);
    if (!v.oracle && oracle_is_on(without, ORACLE_DECISION))
        v = decision(c, s, e);
    if (!v.oracle && oracle_is_on(without, ORACLE_FRAME))
        v = frame(c, s);
    if (!v.oracle && oracle_is_on(without, ORACLE_SP_DELTA))
        v = judge_sp_delta(c, s);
    if (!v.oracle && oracle_is_on(without, ORACLE_RETURN))
        v = judge_return(c, s);
    struct state_diff diff;
    if (!v.oracle && golden && oracle_is_on(without, ORACLE_STATE) && !state_equal(golden, got, &diff)) {
        v.oracle = ORACLE_STATE;
        snprintf(v.expected, sizeof v.expected, "%s", diff.expected);
        snprintf(v.got, sizeof v.got, "%s", diff.got);
    }
    if (!v.oracle && golden && oracle_is_on(without, ORACLE_PLATFORM) &&
        !state_lost_equal(golden, got, &diff)) {
        v.oracle = ORACLE_PLATFORM;
        snprintf(v.expected, sizeof v.expected, "%s", diff.expected);
        snprintf(v.got, sizeof v.got, "%s", diff.got);
    }
    return v;
}

struct verdict judge_shot(oracle_set without, const struct test_case *c, const struct shot *s,
                          const struct golden *golden, const struct state *got)
{
    return judge_shot_as(without, expected_decision(c, s->pc, s->lr_at), c, s, golden, got);
}

struct verdict judge_outcome(const struct test_case *c, const struct shot *s)
{
    struct verdict v = {0};
    char where[48];
    if (s->outcome == RUN_LEFT)
        return v;
    name_pc(c, s->fatal_pc, where, sizeof where);
    v.oracle = s->outcome == RUN_HUNG ? ORACLE_HANG : ORACLE_CRASH;
    snprintf(v.expected, sizeof v.expected, "the case comes to its end");
    if (s->outcome == RUN_HUNG)
        snprintf(v.got, sizeof v.got, "still running at %s", where);
    else
        snprintf(v.got, sizeof v.got, "signal %d (%s) at %s", s->fatal_signal, strsignal(s->fatal_signal),
                 where);
    return v;
}

struct verdict judge_layout(oracle_set without, const struct test_case *c)
{
    struct verdict v = {0};
    if (!oracle_is_on(without, ORACLE_LAYOUT))
        return v;
    for (uint32_t k = 0; k < c->n_pcs; k++) {
        if (c->pcs[k].offset == c->pcs[k].promised)
            continue;
        v.oracle = ORACLE_LAYOUT;
        snprintf(v.expected, sizeof v.expected, "an instruction at +0x%x (%s)", c->pcs[k].promised,
                 c->progs[c->pcs[k].prog].text);
        snprintf(v.got, sizeof v.got, "at +0x%x: the optab's sizes are wrong", c->pcs[k].offset);
        return v;
    }
    if ((uint32_t)(c->end - c->entry) != c->func_size) {
        v.oracle = ORACLE_LAYOUT;
        snprintf(v.expected, sizeof v.expected, "%u bytes of code", (unsigned)c->func_size);
        snprintf(v.got, sizeof v.got, "%u: the optab's sizes are wrong", (unsigned)(c->end - c->entry));
    }
    return v;
}
