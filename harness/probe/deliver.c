/* Delivering a signal: see deliver.h. */
#include "deliver.h"

#include "adversary.h"
#include "arch.h"
#include "case_memory.h"
#include "fp_walk.h"
#include "frame_check.h"
#include "mcontext.h"
#include "registers.h"
#include "return_oracle.h"
#include "roots_oracle.h"
#include "stack_check.h"
#include "system.h"

static struct thread thread;
static struct function function;
static const struct request *request; /* of the run under way */
static const struct test_case *of;
static uintptr_t sp_at_entry, fp_at_entry, return_at_entry;

void deliver_begin(const struct request *q, const struct test_case *c, const struct state *in)
{
    sp_at_entry = state_sp(in);
    fp_at_entry = state_fp(in);
    return_at_entry = state_return(in);
    return_begin(c, in);
    request = q;
    of = c;
    function = (struct function){
        .entry = (uintptr_t)c->entry,
        .end = (uintptr_t)c->end,
        .unsafe_points = {c->table, c->table_length, c->func_size, ARCH_PC_QUANTUM},
        .no_frame = true,
    };
    thread.functions = &function;
    thread.n_functions = 1;
    thread.stack_lo = (uintptr_t)case_stack + STACK_CANARY;
}

void deliver_move(const struct test_case *c, const uint8_t *entry)
{
    function.entry = (uintptr_t)entry;
    function.end = (uintptr_t)entry + (uintptr_t)(c->end - c->entry);
}

uintptr_t deliver_entry(void)
{
    return function.entry;
}

/* The injection without the decision; not where the stack pointer is astray. */
static struct decision inject(ucontext_t *uc)
{
    uintptr_t room = ctx_sp(uc) - thread.stack_lo;
    if (room < ASYNC_PREEMPT_STACK || room >= STACK_SIZE - STACK_CANARY)
        return (struct decision){REFUSE_STACK, 0};
    thread.want_preempt = false;
    push_call(uc, (uintptr_t)async_preempt, request->resume_pc);
    return (struct decision){INJECT, request->resume_pc};
}

static struct shot *shot;          /* under way: the signal is blocked in its handler */
static struct frame_before before; /* its context */
static bool wanted;

/* The thread stands still: what the code under test finds. */
static void stopped(ucontext_t *uc)
{
    struct shot *s = shot;
    if (request->scene)
        request->scene(request->scene_data, &thread, uc, NULL);
    frame_before(uc, &before);
    s->landed = true;
    s->pc_at = ctx_pc(uc);
    s->sp_at = ctx_sp(uc);
    s->lr_at = ctx_lr(uc);
    s->guard_raised = stack_guard_raised();
    s->before = adversary_calls();
    s->frame_ok = true;
    s->fp_at_entry = fp_at_entry;
    s->chained = fp_walk(of, uc, fp_at_entry, &s->astray); /* before anything is pushed over it */
    wanted = thread.want_preempt;
}

static void decide(struct shot *s, ucontext_t *uc)
{
    const char *broken = NULL;
    shot = s;
    if (request->resume_pc) {
        stopped(uc);
        s->decision = inject(uc);
    } else {
        s->decision = system_request(&thread, uc, stopped, &broken);
    }
    s->answered = wanted && !thread.want_preempt;
    if (broken)
        frame_rule_broken(s, broken);
    if (ctx_pc(uc) == (uintptr_t)async_preempt && s->pc_at != (uintptr_t)async_preempt) {
        frame_check(s, &before, uc);
        roots_note(s, uc);
        adversary_enter(ctx_sp(uc));
        frame_interrupted(s, &before);
        everypc_behind_snapshot = (uintptr_t)(request->stub ? request->stub : async_preempt);
        ctx_set_pc(uc, (uintptr_t)snapshot);
        return;
    }
    frame_check_refused(s, &before, uc);
}

void deliver(struct shot *s, ucontext_t *uc)
{
    thread.want_preempt = true;
    s->sp_at_entry = sp_at_entry;
    s->return_at_entry = return_at_entry;
    return_note(s, uc); /* as the case has it, whatever the scene is */
    decide(s, uc);
    if (request->scene)
        request->scene(request->scene_data, &thread, uc, &s->decision);
}
