#include <stdbool.h>

#include "fire.h"

#include "flights.h"
#include "growth.h"
#include "kernel.h"
#include "masks.h"
#include "move.h"
#include "plain.h"
#include "request.h"
#include "state.h"
#include "steps.h"
#include "traps.h"
#include "unwind.h"

#include <signal.h>
#include <ucontext.h>

#include "arch.h"
#include "frame.h"
#include "mcontext.h"

static struct kernel_sigaction program_action;
static int fired_signal;
/* Those of ROLE_CALL and, for INSIDE_THREAD, ROLE_SCHEDULE: where an injected call comes by. */
enum { MAX_BY = 8 };
static struct shots_pc *comes_by[MAX_BY];
static size_t n_comes_by;

static void on_signal(int number, siginfo_t *info, void *context);

/* Puts on_signal in front of the program's handler. False if it has none. */
static bool take_signal(void)
{
    struct kernel_sigaction now;
    if (kernel_sigaction(fired_signal, NULL, &now) != 0)
        return false;
    if (now.handler == (uintptr_t)on_signal)
        return true;
    if (now.handler <= 1)
        return false;
    program_action = now;
    now.handler = (uintptr_t)on_signal;
    return kernel_sigaction(fired_signal, &now, NULL) == 0;
}

static void on_plain(int number, siginfo_t *info, void *context);

static void fire(struct shots_pc *p, const ucontext_t *uc)
{
    struct flight *f = flight_new();
    if (plain_is_blocked(uc, fired_signal)) {
        p->outcome = SHOT_BLOCKED;
        plan->blocked++;
        steps_leave(p);
        return;
    }
    if (!f || !(plan->signal ? plain_take(fired_signal, (uintptr_t)on_plain) : take_signal())) {
        p->outcome = f ? SHOT_TOO_EARLY : p->outcome;
        plan->too_early += f != NULL;
        plan->visits_lost += f == NULL;
        steps_leave(p);
        return;
    }
    f->pc = p;
    f->sp = ctx_sp(uc);
    f->resume = 0;
    f->restarted = false;
    p->outcome = SHOT_FIRED;
    p->shots++;
    plan->fired++;
    plan->in_flight = 1 + (uint64_t)(p - traps_pcs());
    request_ask();
    kernel_kill_thread(fired_signal);
}

/* ---- the handler's decision ---- */

static void check_unwinding(struct shots_pc *p, const ucontext_t *before, uintptr_t resume)
{
    static struct unwound u;
    int32_t here, there;
    if (unwind_deltas_differ(ctx_pc(before), resume, &here, &there))
        state_differs(p, WRONG_UNWIND, "SP delta", -1, (uint32_t)here, (uint32_t)there);
    unwind(before, &u);
    plan->unwound += u.end == UNWIND_ENDS;
    plan->not_unwound += u.end == UNWIND_NOT_FOLLOWED;
    if (u.end == UNWIND_LOST)
        state_differs(p, WRONG_UNWIND, "frame ", (int)u.depth, u.frame, u.at);
    else if (u.end == UNWIND_ENDS_ELSEWHERE)
        state_differs(p, WRONG_UNWIND, "end", -1, u.frame, u.at);
}

static void injected(struct flight *f, const ucontext_t *before, ucontext_t *after)
{
    struct shots_pc *p = f->pc;
    struct state_context copy;
    ucontext_t *expected = &copy.uc;
    state_copy(&copy, before);
    uintptr_t sp = ctx_sp(before) - (uintptr_t)frame_rule.sp_drop, resume = ctx_lr(after);
    const uintptr_t *slots = (const uintptr_t *)ctx_sp(after);
    p->outcome = SHOT_INJECTED;
    plan->injected++;
    if (ctx_sp(after) != sp)
        state_differs(p, WRONG_FRAME, "sp", -1, sp, ctx_sp(after));
    if (!frame_rule.resume_in_lr)
        resume = slots[frame_rule.slot[0].offset / sizeof *slots];
    for (int k = 0; k < frame_rule.n_slots; k++) {
        uintptr_t got = slots[frame_rule.slot[k].offset / sizeof *slots];
        if (frame_rule.slot[k].value == FRAME_OLD_LR && got != ctx_lr(before))
            state_differs(p, WRONG_FRAME, "pushed LR", -1, ctx_lr(before), got);
        if (frame_rule.slot[k].value == FRAME_REG &&
            got != frame_reg(before, frame_rule.slot[k].ucontext_reg))
            state_differs(p, WRONG_FRAME, "pushed r", frame_rule.slot[k].ucontext_reg,
                          frame_reg(before, frame_rule.slot[k].ucontext_reg), got);
    }
    p->got = resume - plan->bias;
    if (p->got != p->resume)
        state_differs(p, WRONG_DECISION, "resume PC", -1, p->resume, p->got);
    ctx_set_sp(expected, ctx_sp(after));
    ctx_set_pc(expected, ctx_pc(after));
#ifdef ARCH_LINK
    ctx_set_lr(expected, resume);
#endif
    if (frame_rule.target_reg)
        frame_set_reg(expected, frame_rule.target_reg, ctx_pc(after));
    state_compare(p, WRONG_FRAME, expected, after, STATE_ALL);
    check_unwinding(p, before, resume);
    f->resume = resume;
    state_copy(&f->before, before);
    inside_begin(&f->inside);
    thread_begin(&f->handover);
    /* Mostly the same: then the trap stays, and QEMU need not translate its page again and again. */
    struct shots_pc *back = traps_find(resume);
    if (back != p && !steps_wanted(p))
        trap_disarm(p);
    if (back)
        trap_arm(back);
    else
        f->pc = NULL;
    for (size_t i = 0; plan->inside && i < n_comes_by; i++)
        trap_arm(comes_by[i]);
}

static void decided(struct flight *f, const ucontext_t *before, ucontext_t *after)
{
    if (ctx_pc(after) == (uintptr_t)(plan->async_preempt + plan->bias) && plan->async_preempt) {
        injected(f, before, after);
        return;
    }
    f->pc->outcome = SHOT_REFUSED;
    plan->refused++;
    steps_leave(f->pc);
    if (plan->async_preempt && ctx_pc(after) != ctx_pc(before))
        state_differs(f->pc, WRONG_DECISION, "PC", -1, ctx_pc(before), ctx_pc(after));
    if (plan->async_preempt) {
        if (ctx_sp(after) != ctx_sp(before)) /* not every architecture's list of words has it */
            state_differs(f->pc, WRONG_FRAME, "sp", -1, ctx_sp(before), ctx_sp(after));
        state_compare(f->pc, WRONG_FRAME, before, after, STATE_ALL);
    }
    f->pc = NULL;
}

/* What every handler begins with. */
static ucontext_t *entered(void *context)
{
#ifdef ARCH_HANDLER_ENTRY
    ARCH_HANDLER_ENTRY();
#endif
#ifdef ARCH_CTX_MEND
    ctx_mend(context);
#endif
    return context;
}

static void on_signal(int number, siginfo_t *info, void *context)
{
    ucontext_t *uc = entered(context);
    struct state_context before;
    state_copy(&before, uc);
    flights_lock();
    struct flight *f = flight_signalled(uc);
    flights_unlock();
    agent_call_handler(program_action.handler, number, info, context);
    flights_lock();
    if (f)
        decided(f, &before.uc, uc);
    flights_unlock();
}

/* In front of the program's handler of a plain signal, with every signal blocked. The handler may leave by a
 * jump: then nothing comes back here. */
static void on_plain(int number, siginfo_t *info, void *context)
{
    ucontext_t *uc = entered(context);
    flights_lock();
    struct flight *f = flight_signalled(uc);
    struct shots_pc *p = f ? f->pc : NULL;
    bool others = false;
    if (f)
        f->pc = NULL;
    for (int i = 0; i < MAX_FLIGHTS; i++)
        others |= flights[i].pc != NULL;
    struct kernel_sigaction action = *plain_action();
    if (!others)
        plain_give_back(number, (uintptr_t)on_plain);
    if (p)
        p->outcome = SHOT_ENTERED;
    plan->entered += p != NULL;
    flights_unlock();
    plain_unblock(uc, number, &action);
    agent_call_handler(action.handler, number, info, context);
    plain_block_all();
    flights_lock();
    if (p) {
        p->outcome = SHOT_HANDLED;
        plan->handled++;
        steps_leave(p);
    }
    flights_unlock();
}

/* ---- the traps ---- */

/* A goroutine has come back to a PC. A sequence that is begun again comes to the PC of the shot once more,
 * with all that it has computed as it was. */
static void returned(struct flight *f, struct shots_pc *at, const ucontext_t *uc)
{
    struct shots_pc *p = f->pc;
    if (f->restarted) {
        state_compare(p, WRONG_STATE, &f->before.uc, uc, STATE_WITH_SCRATCH);
        f->pc = NULL;
        return;
    }
    p->outcome = SHOT_RESUMED;
    plan->resumed++;
    plan->compared++;
    plan->scheduled += request_answered();
    state_compare(p, WRONG_STATE, &f->before.uc, uc,
                  p->role & ROLE_SCRATCH ? STATE_WITH_SCRATCH : STATE_KEPT);
    f->restarted = p != at;
    f->resume = traps_address(p);
    if (f->restarted)
        trap_arm(p);
    else
        f->pc = NULL;
}

/* Whether it is this PC's own shot that has come back, or whose signal did not come. */
static bool came_back(struct shots_pc *at, const ucontext_t *uc)
{
    bool own = false;
    uintptr_t pc = traps_address(at);
    struct flight *waiting = flight_signalled(uc);
    if (waiting) { /* the signal did not come */
        waiting->pc->outcome = SHOT_BLOCKED;
        plan->blocked++;
        waiting->pc = NULL;
        own = true;
    }
    for (int i = 0; i < MAX_FLIGHTS; i++) {
        struct flight *f = &flights[i];
        if (!f->pc || f->resume != pc)
            continue;
        if (f->sp == ctx_sp(uc)) {
            own |= f->pc == at;
            returned(f, at, uc);
        } else if (!f->restarted) {
            f->pc->uncompared = 1;
            plan->uncompared++;
            f->pc = NULL;
        }
    }
    return own;
}

static void on_call(struct shots_pc *p, ucontext_t *uc)
{
    struct flight *f = flight_called(uc);
    plan->calls++;
    if (!f || !inside_call(&f->inside, f->pc, &f->before.uc, uc))
        trap_disarm(p);
}

/* A thread looks for a goroutine: perhaps it has to wait until another thread has the one that it ran. */
static void on_schedule(struct shots_pc *p, ucontext_t *uc)
{
    struct flight *f = flight_of_thread();
    if (f && !thread_has_woken(&f->handover, uc))
        return;
    steps_leave_for_now(p); /* for other threads' */
    if (!f)
        return;
    unsigned before = f->inside.arrivals;
    flights_unlock();
    thread_wait(&f->inside.arrivals, before);
    flights_lock();
}

/* The traps' signal, but of none of the agent's traps: what the program itself would do about it. */
static void not_a_trap(int number, siginfo_t *info, ucontext_t *uc)
{
    static const struct kernel_sigaction none;
    bool sent = info->si_code <= 0;
    struct kernel_sigaction action = *masks_trap_action();
    if (action.handler == (uintptr_t)SIG_IGN && sent)
        return;
    if (action.handler > (uintptr_t)SIG_IGN) {
        plain_unblock(uc, number, &action);
        agent_call_handler(action.handler, number, info, uc);
        plain_block_all();
        return;
    }
    kernel_sigaction(number, &none, NULL);
    if (sent)
        kernel_kill_thread(number);
}

/* A copy of the process, which no shot is meant for. A Go program has one only from a fork to an execve, in
 * the same memory or in a copy of it. */
static void in_child(struct shots_pc *p)
{
    if (plan->signal) {
        trap_disarm(p);
        return;
    }
    steps_arrive(p);
    steps_leave_for_now(p);
}

static void at_trap(struct shots_pc *p, ucontext_t *uc)
{
    bool own = came_back(p, uc);
    steps_arrive(p);
    growth_let_go(p, uc, fired_signal);
    if (plan->inside & INSIDE_MOVE)
        move_look(uc);
    if (p->role & ROLE_CALL)
        on_call(p, uc);
    else if (p->role & ROLE_SCHEDULE)
        on_schedule(p, uc);
    else if (!own && growth_begins(p, uc, fired_signal))
        steps_leave_for_now(p);
    else if (!own && steps_visit(p))
        fire(p, uc);
    else
        steps_leave(p);
}

static void on_trap(int number, siginfo_t *info, void *context)
{
    ucontext_t *uc = entered(context);
    uintptr_t pc = ctx_pc(uc) - ARCH_TRAP_BEHIND;
    struct shots_pc *p = info->si_code > 0 ? traps_find(pc) : NULL;
    if (!p) {
        not_a_trap(number, info, uc);
        return;
    }
    if (ARCH_TRAP_BEHIND)
        ctx_set_pc(uc, pc);
    if (masks_execute(p, uc))
        return;
    flights_lock();
    if (trap_is_armed(p)) { /* if not, another thread has just taken it away */
        if (plain_is_child())
            in_child(p);
        else
            at_trap(p, uc);
    }
    flights_unlock();
}

void fire_begin(void)
{
    struct kernel_sigaction action;
    memset(&action, 0, sizeof action);
    for (uint64_t i = 0; i < plan->n_pcs; i++)
        if (traps_pcs()[i].role & (ROLE_CALL | ROLE_SCHEDULE) && n_comes_by < MAX_BY)
            comes_by[n_comes_by++] = &traps_pcs()[i];
    fired_signal = plan->signal ? (int)plan->signal : SIGURG;
    plain_begin(fired_signal);
    action.flags = SA_ONSTACK;
    plain_put_in_front(&action, (uintptr_t)on_trap);
    if (kernel_sigaction(ARCH_TRAP_SIGNAL, &action, NULL) != 0)
        kernel_die("can't take the signal of traps", "");
}
