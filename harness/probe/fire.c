/* Firing: see fire.h. It all runs on the thread under fire. */
#include "fire.h"

#include "adversary.h"
#include "arch.h"
#include "deliver.h"
#include "fire_signals.h"
#include "maps.h"
#include "shot_timer.h"
#include "stack_check.h"
#include "system.h"
#include "thread.h"
#include "watchdog.h"

bool fire_begin(void)
{
    return system_fire_begin();
}

uint64_t fire_early(void)
{
    return shot_timer_early();
}

static void enter(const struct request *q, const struct test_case *c, uintptr_t code, const struct state *in,
                  struct state *out, struct shot *shot)
{
    bool only = fire.n_next == 0 && !fire.nested_at;
    maps_enter(c);
    deliver_begin(q, c, in);
    shot->outcome = RUN_LEFT;
    adversary_begin(q->in_call);
    fire.c = c;
    fire.shot = shot;
    fire.unmended = q->unmended;
    watchdog_start(q->patience_ms, c->flags & CASE_BLOCKS);
    fire.in_case = true;
    system_sets_out();
    enter_case(in, out, code);
    fire.in_case = false;
    if (c->flags & CASE_BLOCKS)
        watchdog_stop();
    thread_home();
    shot->injected = adversary_calls();
    shot->broken_rule = adversary_broken_rule();
    shot->only = only;
    shot->morestacks = (uint32_t)everypc_stack_check.morestacks;
}

enum outcome run_plain(const struct request *q, const struct test_case *c, const struct state *in,
                       struct state *out, struct shot *shot)
{
    *shot = (struct shot){0};
    fire.what = NOTHING;
    enter(q, c, (uintptr_t)c->code, in, out, shot);
    return shot->outcome;
}

void fire_pin(const struct request *q, struct pins *p, uint32_t pc, uint32_t visit, const struct state *in,
              struct state *out, struct shot *shot)
{
    *shot = (struct shot){.pc = pc};
    fire.pins = p;
    fire.c = p->c;
    fire.pc = pc;
    fire.visit = visit;
    bool trap = fire_is_behind_call(pc) || (visit > 1 && !p->no_traps && p->c->pcs[pc].hop != NO_HOP);
    fire_set_pin(pc, trap);
    fire.what = PIN;
    if (!trap)
        shot_timer_start();
    enter(q, p->c, p->copies ? (uintptr_t)pins_copy(p, pc, trap) : (uintptr_t)p->c->code, in, out, shot);
    if (fire.what == PIN ||
        fire.shot->outcome != RUN_LEFT) { /* the PC was not reached (again), or the run broke off */
        fire.what = NOTHING;
        if (!fire.trap)
            shot_timer_stop();
        fire_take_pin();
    }
    if (!fire.trap)
        shot_timer_adapt();
}

void fire_blocked(const struct request *q, struct pins *p, uint32_t pc, const struct state *in,
                  struct state *out, struct shot *shot)
{
    fire.in_call = true;
    fire_pin(q, p, pc, 1, in, out, shot);
    fire.in_call = false;
    if (fire.what == BLOCKED) { /* the call was over before */
        fire.what = NOTHING;
        shot_timer_stop();
    }
}

void fire_leave(const struct request *q, const struct test_case *c, void (*instead)(void),
                const struct state *in, struct state *out, struct shot *shot)
{
    *shot = (struct shot){0};
    fire.instead = instead;
    fire.shot = shot;
    fire.what = LEAVE;
    shot_timer_start();
    enter(q, c, (uintptr_t)spin_here, in, out, shot);
    if (fire.what == LEAVE || shot->outcome != RUN_LEFT) {
        fire.what = NOTHING;
        shot_timer_stop();
    }
    shot_timer_adapt();
}

void fire_series(const struct request *q, struct pins *p, const struct aim *aims, uint32_t n,
                 const struct state *in, struct state *out, struct shot *shots)
{
    for (uint32_t k = 1; k < n; k++)
        shots[k] = (struct shot){.pc = aims[k].pc};
    fire.next = aims + 1;
    fire.n_next = n - 1;
    fire_pin(q, p, aims[0].pc, 1, in, out, shots);
    fire.n_next = 0;
}

void fire_nested(const struct request *q, struct pins *p, uint32_t pc, uintptr_t at, const struct state *in,
                 struct state *out, struct shot *shots)
{
    shots[1] = (struct shot){.pc = pc};
    fire.nested_at = at;
    fire_pin(q, p, pc, 1, in, out, shots);
    fire.nested_at = 0;
    if (fire.what == NESTED) { /* the second was not reached */
        fire.what = NOTHING;
        shot_timer_stop();
    }
}

bool fire_free_pending(void)
{
    return fire.pending;
}

void fire_free(const struct request *q, const struct test_case *c, uint64_t delay_ns, bool arm_it,
               const struct state *in, struct state *out, struct shot *shot)
{
    *shot = (struct shot){.pc = UINT32_MAX};
    fire.shot = shot;
    fire.c = c;
    if (arm_it) {
        fire.pending = true;
        fire.what = FREE;
        shot_timer_in(delay_ns);
    }
    enter(q, c, (uintptr_t)c->code, in, out, shot);
    if (!fire.pending)
        fire.what = NOTHING;
}

void fire_floor(void)
{
    fire.what = FLOOR;
    shot_timer_start();
    system_sets_out();
    spin_until_signal();
    shot_timer_adapt();
}
