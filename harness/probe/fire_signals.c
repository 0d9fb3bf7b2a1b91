/* The signals, and pins: what happens while a case runs (fire.c begins and ends the runs). The system
 * (system.h) hands each signal over with the context of the thread that it has stopped. */
#include "fire_signals.h"

#include <string.h>

#include "clock.h"
#include "deliver.h"
#include "maps.h"
#include "mcontext.h"
#include "shot_timer.h"
#include "system.h"
#include "watchdog.h"

struct firing fire;

/* ---- pins ---- */

void fire_set_pin(uint32_t pc, bool trap)
{
    fire.at = pc;
    fire.trap = trap;
    if (fire.pins->copies) {
        fire.spins_at = (uintptr_t)pins_in_copy(fire.pins, pc, trap, pc);
    } else {
        uint8_t *at = (uint8_t *)pins_clean(fire.c, pc);
        fire.spins_at = (uintptr_t)at;
        memcpy(fire.saved, at, PIN_SIZE);
        pins_patch(at, pins_bytes(trap));
    }
}

bool fire_is_behind_call(uint32_t pc)
{
    bool behind = false;
    for (uint32_t k = 0; fire.c->flags & CASE_BLOCKS && k < pc; k++)
        behind |= fire.c->pcs[k].call != NO_CALL;
    return behind;
}

void fire_take_pin(void)
{
    if (!fire.pins->copies)
        pins_patch((uint8_t *)pins_clean(fire.c, fire.at), fire.saved);
}

/* Delivers a signal of a series that is not its last. The thread goes on in the copy that is pinned for the
 * next one, and there lies the function that the code under test knows. */
static void deliver_one(ucontext_t *uc)
{
    struct shot *s = fire.shot;
    uint32_t at = fire.at;
    bool trap = fire_is_behind_call(fire.next->via);
    fire_set_pin(fire.next->via, trap);
    if (fire.pins->copies) {
        const uint8_t *entry = pins_in_copy(fire.pins, fire.at, trap, at) - fire.c->pcs[at].offset;
        deliver_move(fire.c, entry);
        ctx_set_pc(uc, (uintptr_t)entry + fire.c->pcs[at].offset);
    }
    deliver(fire.shot, uc);
    s->moved = deliver_entry() - (uintptr_t)fire.c->entry;
    fire.pc = fire.next->pc;
    fire.visit = 1;
    fire.next++;
    fire.n_next--;
    fire.shot++;
    if (!trap)
        shot_timer_start();
}

/* The thread spins at a system call: it goes into it, and the signal comes there. */
static void block(ucontext_t *uc)
{
    ctx_set_pc(uc, (uintptr_t)pins_clean(fire.c, fire.at));
    fire.what = BLOCKED;
    fire.since = now_ns();
    shot_timer_in(BLOCKED_AFTER_MS * 1000000ull);
}

/* The signal that was to come in the call; one that came too late is left alone. */
static void on_blocked(ucontext_t *uc)
{
    uint32_t at = fire.at + (fire.c->pcs[fire.at].call == CALL_EINTR);
    fire.what = NOTHING;
    if (ctx_pc(uc) != (uintptr_t)pins_clean(fire.c, at) || now_ns() - fire.since > BLOCKED_BY_MS * 1000000ull)
        return;
    fire.shot->pc = at;
    deliver(fire.shot, uc);
}

/* The thread goes on from fire.at in the code that is pinned at PC `to`. */
static void move_pin(ucontext_t *uc, uint32_t to, bool trap)
{
    uint32_t at = fire.at;
    fire_set_pin(to, trap);
    ctx_set_pc(uc, fire.pins->copies ? (uintptr_t)pins_in_copy(fire.pins, to, trap, at)
                                     : (uintptr_t)pins_clean(fire.c, at));
    if (!trap)
        shot_timer_start(); /* what early signals made longer was for the way here */
}

/* The thread is at fire.at: count the visit, then deliver the signal or move the pin on. Visits are counted
 * by traps, if that leaves the case as it is; where the signal is to be delivered, the thread spins until the
 * timer's comes. Behind a system call that blocks a trap comes first, and the timer starts there: a signal
 * that came early would break the call off. */
static void on_pin(ucontext_t *uc)
{
    fire_take_pin();
    uint32_t at = fire.at;
    if (fire.trap && at == fire.pc && fire.shot->visits + 1 == fire.visit) {
        move_pin(uc, at, false);
        return;
    }
    if (at == fire.pc && ++fire.shot->visits == fire.visit) {
        if (fire.n_next > 0) {
            deliver_one(uc);
            return;
        }
        if (fire.in_call) {
            block(uc);
            return;
        }
        deliver_move(fire.c, fire.c->entry);
        ctx_set_pc(uc, (uintptr_t)pins_clean(fire.c, at));
        fire.what = NOTHING;
        deliver(fire.shot, uc);
        if (fire.nested_at) {
            fire.spins_at = fire.nested_at;
            fire.shot++;
            fire.what = NESTED;
            shot_timer_start();
        }
        return;
    }
    uint32_t next = at == fire.pc ? fire.c->pcs[at].hop : fire.pc;
    if (next == NO_HOP) { /* visits are being counted, and there can be no further one */
        ctx_set_pc(uc, (uintptr_t)pins_clean(fire.c, at));
        fire.what = NOTHING;
        return;
    }
    bool last = next == fire.pc && fire.shot->visits + 1 == fire.visit;
    move_pin(uc, next, fire_is_behind_call(next) || (!last && !fire.pins->no_traps));
}

/* A breakpoint that is none of the case's own. */
static bool on_trap(ucontext_t *uc)
{
    if (fire.what != PIN || !fire.trap)
        return false;
    if (pins_trapped(ctx_pc(uc), (const uint8_t *)fire.spins_at))
        on_pin(uc);
    else if (fire.pins->copies && pins_trapped(ctx_pc(uc), pins_copy_end(fire.pins, fire.at, true)))
        ctx_set_pc(uc, (uintptr_t)fire.c->leave); /* without reaching the PC */
    else
        return false;
    return true;
}

/* The thread spins outside of any case, with a case's registers. */
static void on_leave(ucontext_t *uc)
{
    fire.what = NOTHING;
    fire.shot->landed = true;
    ctx_set_pc(uc, (uintptr_t)case_leave);
    if (fire.instead)
        fire.instead();
    else
        deliver(fire.shot, uc);
}

void fire_signal(ucontext_t *uc)
{
    switch (fire.what) {
    case NOTHING:
        break;
    case FLOOR:
        if (ctx_pc(uc) != (uintptr_t)spin_here) {
            shot_timer_again();
            break;
        }
        fire.what = NOTHING;
        ctx_set_pc(uc, (uintptr_t)spin_done);
        break;
    case PIN:
        if (ctx_pc(uc) == fire.spins_at)
            on_pin(uc);
        else if (fire.pins->copies && ctx_pc(uc) == (uintptr_t)pins_copy_end(fire.pins, fire.at, false))
            ctx_set_pc(uc, (uintptr_t)fire.c->leave); /* without reaching the PC */
        else
            shot_timer_again();
        break;
    case NESTED:
        if (ctx_pc(uc) == fire.spins_at) {
            fire.what = NOTHING;
            deliver(fire.shot, uc);
        } else {
            shot_timer_again();
        }
        break;
    case BLOCKED:
        on_blocked(uc);
        break;
    case LEAVE:
        if (ctx_pc(uc) == (uintptr_t)spin_here)
            on_leave(uc);
        else
            shot_timer_again();
        break;
    case FREE:
        fire.pending = false;
        fire.shot->pc = fire.in_case ? pins_pc_index(fire.c, ctx_pc(uc)) : UINT32_MAX;
        if (fire.shot->pc != UINT32_MAX) {
            fire.what = NOTHING;
            deliver(fire.shot, uc);
        }
        break;
    }
}

/* ---- runs that go wrong ---- */

static void end_run(ucontext_t *uc, enum outcome outcome, int signal)
{
    fire.what = NOTHING;
    fire.in_case = false;
    fire.shot->outcome = outcome;
    fire.shot->fatal_signal = signal;
    fire.shot->fatal_pc = ctx_pc(uc);
    ctx_set_pc(uc, (uintptr_t)case_abort);
    system_unblock(uc); /* the fault may lie inside the handler */
}

/* The case's own instruction, not what the code under test makes of it. */
static bool is_own(const ucontext_t *uc)
{
    return ctx_pc(uc) >= (uintptr_t)fire.c->entry && ctx_pc(uc) < (uintptr_t)fire.c->end;
}

bool fire_fault(ucontext_t *uc, int signal, const uintptr_t *address)
{
    if (on_trap(uc))
        return true;
    if (!fire.in_case)
        return false;
    if (address && fire.c->flags & CASE_FOREIGN && is_own(uc) && maps_fault(*address))
        return true;
    end_run(uc, RUN_CRASHED, signal);
    return true;
}

void fire_tick(ucontext_t *uc)
{
    if (watchdog_tick() && fire.in_case)
        end_run(uc, RUN_HUNG, 0);
}
