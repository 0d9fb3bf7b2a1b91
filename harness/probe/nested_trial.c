/* One trial: see nested_trial.h. The second signal's handler runs in a scene that notes whether it touched
 * the interrupted stack. */
#include "nested_trial.h"

#include <stdio.h>
#include <string.h>

#include "case_memory.h"
#include "fire.h"
#include "mcontext.h"
#include "oracle.h"

enum {
    RUN_MS = 2000,  /* CPU time that a run may take */
    BELOW_SP = 512, /* bytes below the interrupted SP that are watched */
    SPOILED = 4096, /* bytes below it that the second signal leaves garbage in */
};

/* The trial under way, as the handler sees it. */
static struct {
    struct second_place at;
    nested_witness *witness;
    bool pinned;
    uint8_t saved[PIN_SIZE];
    bool inside;       /* the second signal is being delivered */
    bool on_its_stack; /* its signal frame lies on the interrupted stack */
    bool changed;      /* the handler wrote to the interrupted stack */
    uint8_t stack[STACK_SIZE];
    uintptr_t watched; /* from here up */
} trial;

static uint8_t *second_insn(void)
{
    return (uint8_t *)(uintptr_t)trial.at.code->base + trial.at.code->insns[trial.at.where].offset;
}

static uintptr_t second_pc(void)
{
    return trial.at.where == IN_CALL ? (uintptr_t)spin_here : (uintptr_t)second_insn();
}

static void pin(void)
{
    trial.pinned = trial.at.where != IN_CALL;
    if (!trial.pinned)
        return;
    memcpy(trial.saved, second_insn(), PIN_SIZE);
    pins_patch(second_insn(), pins_bytes(false));
}

static void unpin(void)
{
    if (trial.pinned)
        pins_patch(second_insn(), trial.saved);
    trial.pinned = false;
}

static size_t watched_bytes(void)
{
    return (uintptr_t)case_stack + STACK_SIZE - trial.watched;
}

/* What lies below the interrupted SP is free for anyone to overwrite: a handler without a stack of its own
 * overwrites it.
 */
static void spoil(uintptr_t sp)
{
    uintptr_t low = (uintptr_t)case_stack + STACK_CANARY;
    if (!on_case_stack(sp) || sp <= low)
        return;
    low = sp - low < SPOILED ? low : sp - SPOILED;
    memset((void *)low, 0xa5, sp - low);
}

/* Around each decision. */
static void watch(const void *data, struct thread *t, ucontext_t *uc, const struct decision *made)
{
    (void)data;
    (void)t;
    if (!made) {
        trial.inside = ctx_pc(uc) == second_pc();
        if (!trial.inside)
            return;
        unpin();
        trial.on_its_stack = on_case_stack((uintptr_t)uc);
        uintptr_t sp = ctx_sp(uc), low = (uintptr_t)case_stack;
        trial.watched = !on_case_stack(sp) || sp < low + BELOW_SP ? low : sp - BELOW_SP;
        memcpy(trial.stack, (void *)trial.watched, watched_bytes());
    } else if (trial.inside) {
        trial.changed = memcmp(trial.stack, (void *)trial.watched, watched_bytes()) != 0;
        if (!trial.witness)
            spoil(ctx_sp(uc));
        if (trial.at.where == IN_CALL)
            ctx_set_pc(uc, (uintptr_t)spin_done);
    }
}

static struct verdict judge(const struct run *r, uint32_t pc, struct shot *shots, const struct state *out)
{
    oracle_set without = r->o->without;
    struct verdict v;
    if (judge_outcome(r->c, &shots[0], &v) && judge_outcome(r->c, &shots[1], &v))
        judge_shot_as(without, expected_decision(r->c, pc, shots[0].lr_at), r->c, &shots[0],
                      shots[1].landed ? NULL : &r->golden, out, &v);
    if (v.oracle || !shots[1].landed)
        return v;
    if (trial.on_its_stack || trial.changed) {
        v.oracle = ORACLE_FRAME;
        snprintf(v.expected, sizeof v.expected, "the interrupted stack untouched, below SP too");
        snprintf(v.got, sizeof v.got,
                 trial.changed ? "the handler wrote to it" : "the signal frame is on it");
        return v;
    }
    judge_shot_as(without, (struct expectation){false, 0}, r->c, &shots[1], &r->golden, out, &v);
    return v;
}

void trial_fail(struct run *r, uint32_t pc, const struct second_place *at, const struct verdict *why)
{
    const struct stub_code *code = at->code;
    struct verdict v = {.oracle = ORACLE_NESTED};
    snprintf(r->how, sizeof r->how, NESTED_CALL_ID);
    if (at->where != IN_CALL)
        snprintf(r->how, sizeof r->how, NESTED_ID "%x", code->insns[at->where].offset);
    if (at->where == IN_CALL)
        snprintf(v.expected, sizeof v.expected, "a second signal in the injected call: %.100s",
                 why->expected);
    else
        snprintf(v.expected, sizeof v.expected, "a second signal at %s+0x%x (%.40s): %.70s", code->name,
                 code->insns[at->where].offset, code->insns[at->where].text, why->expected);
    snprintf(v.got, sizeof v.got, "%s: %.140s", oracle_name(why->oracle), why->got);
    run_fail(r, pc, 1, &v);
}

bool trial_is_wide(const struct second_place *at)
{
    return at->where != IN_CALL && at->code->insns[at->where].size < PIN_SIZE;
}

bool trial_open(struct run *r, int k)
{
    r->fire.patience_ms = RUN_MS;
    return pins_open(&r->pins, r->c, r->o->in_place) && run_golden(r, k);
}

int trial_run(struct run *r, uint32_t pc, const struct second_place *at, nested_witness *witness)
{
    struct shot shots[2];
    struct state out;
    trial.at = *at;
    trial.witness = witness;
    trial.on_its_stack = trial.changed = false;
    struct request q = r->fire;
    q.scene = watch;
    q.in_call = at->where == IN_CALL ? spin_until_signal : NULL;
    memory_fill(r->c, r->o->seed, r->state);
    pin();
    fire_nested(&q, &r->pins, pc, second_pc(), &r->in, &out, shots);
    unpin();
    if (!shots[1].landed && trial_is_wide(at))
        return 0;
    if (witness && shots[0].outcome == RUN_LEFT) {
        if (shots[1].landed)
            witness(r->c, &r->golden, &out);
        return shots[1].landed ? TRIAL_HIT : 0;
    }
    struct verdict v = judge(r, pc, shots, &out);
    if (v.oracle)
        trial_fail(r, pc, at, &v);
    return (shots[1].landed ? TRIAL_HIT : 0) | (v.oracle ? TRIAL_FAILED : 0);
}
