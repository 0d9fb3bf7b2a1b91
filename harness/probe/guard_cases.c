/* The guards' scenes, and what is right in each: said in terms of the scene, not of the handler. */
#include "guard_cases.h"

#include <string.h>

#include "arch.h"
#include "frame.h"
#include "mcontext.h"

/* What the handler promises, stated here a second time on purpose, as is RESTART_BOUND. */
enum { STACK_NEEDED = 4096 };

/* clang-format off */
enum scene {
    NOT_WANTED, STACK_SHORT, STACK_LEFT_BEHIND, STACK_JUST_ENOUGH,
    NO_FUNCTION, BEFORE_FUNCTION, BEHIND_FUNCTION, OTHER_FUNCTIONS, LISTED,
    UNSAFE, RESTART, RESTART_INSIDE, AT_ENTRY, TABLE_CUT, TABLE_SHORT, TABLE_DAMAGED,
    HALF_CALL, HALF_CALL_FRAME, IN_EXCEPTION, IN_SYSTEM_CALL, RIVAL,
};
/* clang-format on */

static const struct guard {
    const char *name;
    enum scene scene;
} guards[] = {
    {"guard.not_wanted", NOT_WANTED},
    {"guard.stack_short", STACK_SHORT},
    {"guard.stack_left_behind", STACK_LEFT_BEHIND},
    {"guard.stack_just_enough", STACK_JUST_ENOUGH},
    {"guard.no_function", NO_FUNCTION},
    {"guard.before_function", BEFORE_FUNCTION},
    {"guard.behind_function", BEHIND_FUNCTION},
    {"guard.other_functions", OTHER_FUNCTIONS},
    {"guard.listed", LISTED},
    {"guard.unsafe", UNSAFE},
    {"guard.restart_bound", RESTART},
    {"guard.restart_inside", RESTART_INSIDE},
    {"guard.at_entry", AT_ENTRY},
    {"guard.table_cut", TABLE_CUT},
    {"guard.table_short", TABLE_SHORT},
    {"guard.table_damaged", TABLE_DAMAGED},
#if ARCH_HALF_CALL
    {"guard.half_call", HALF_CALL},
    {"guard.half_call_with_frame", HALF_CALL_FRAME},
#endif
#ifdef UCONTEXT_BUSY /* the system reports of a context that it may not be edited */
    {"guard.in_exception", IN_EXCEPTION},
    {"guard.in_system_call", IN_SYSTEM_CALL},
#endif
#ifdef UCONTEXT_RIVAL /* threads suspend each other */
    {"guard.rival", RIVAL},
#endif
};
enum { N_GUARDS = sizeof guards / sizeof *guards };

static struct test_case cases[N_GUARDS];
static struct function changed[3]; /* what the thread's functions are in this scene */
static uint8_t table[16];
static uintptr_t own_lr;

const struct test_case *guard_base(void)
{
    static const struct test_case *base;
    static bool looked; /* it is absent where the user gave the cases, and asked for with each of them */
    for (uint32_t k = 0; !looked && !base && k < everypc_n_cases; k++)
        if (strcmp(everypc_cases[k]->name, "guard.idle") == 0)
            base = everypc_cases[k];
    looked = true;
    return base;
}

uint32_t guard_count(void)
{
    return guard_base() ? N_GUARDS : 0;
}

const struct test_case *guard_case(uint32_t k)
{
    cases[k] = *guard_base();
    cases[k].name = guards[k].name;
    return &cases[k];
}

/* One run with this value over the whole function, or over its first `quanta` only. */
static void set_table(struct function *f, int32_t value, uint32_t quanta)
{
    uint32_t delta = (uint32_t)(-1 - value) * 2 - 1;
    size_t at = 0;
    table[at++] = (uint8_t)delta;
    for (; quanta >= 0x80; quanta >>= 7)
        table[at++] = (uint8_t)(quanta | 0x80);
    table[at++] = (uint8_t)quanta;
    table[at++] = 0;
    f->unsafe_points.bytes = table;
    f->unsafe_points.length = at;
}

/* Safe at the first instruction, one restart range from the second on. */
static void set_inner_table(struct function *f)
{
    uint32_t quantum = f->unsafe_points.quantum, first = guard_base()->pcs[1].offset / quantum;
    uint32_t rest = f->unsafe_points.func_size / quantum - first;
    const uint8_t bytes[] = {0, (uint8_t)first, 3, (uint8_t)rest, 0}; /* -1, then two less */
    memcpy(table, bytes, sizeof bytes);
    f->unsafe_points.bytes = table;
    f->unsafe_points.length = sizeof bytes;
}

/* What the thread is. */
static void set_thread(enum scene scene, struct thread *t, uintptr_t sp)
{
    switch (scene) {
    case NOT_WANTED:
        t->want_preempt = false;
        break;
    case STACK_SHORT:
        t->stack_lo = sp - STACK_NEEDED + ARCH_STACK_ALIGN;
        break;
    case STACK_LEFT_BEHIND:
        t->stack_lo = sp + ARCH_STACK_ALIGN;
        break;
    case STACK_JUST_ENOUGH:
        t->stack_lo = sp - STACK_NEEDED;
        break;
    default:
        break;
    }
}

/* Which functions are known around this PC. */
static void set_functions(enum scene scene, struct thread *t, uintptr_t pc)
{
    struct function *f = &changed[1];
    switch (scene) {
    case NO_FUNCTION:
        t->n_functions = 0;
        break;
    case BEFORE_FUNCTION:
        f->entry = pc + f->unsafe_points.quantum;
        break;
    case BEHIND_FUNCTION:
        f->end = pc;
        break;
    case OTHER_FUNCTIONS: /* refused ones right before and behind */
        t->functions = changed;
        t->n_functions = 3;
        changed[0] = changed[2] = *f;
        changed[0].refused = changed[2].refused = true;
        changed[0].end = f->entry;
        changed[0].entry = f->entry - 64;
        changed[2].entry = f->end;
        changed[2].end = f->end + 64;
        break;
    case LISTED:
        f->refused = true;
        break;
    default:
        break;
    }
}

/* What the function's table says. */
static void set_marks(enum scene scene, struct function *f, uintptr_t pc)
{
    uint32_t quanta = f->unsafe_points.func_size / f->unsafe_points.quantum;
    switch (scene) {
    case UNSAFE:
        set_table(f, MARK_UNSAFE, quanta);
        break;
    case RESTART:
        set_table(f, MARK_RESTART_2, quanta);
        break;
    case RESTART_INSIDE:
        set_inner_table(f);
        break;
    case AT_ENTRY:
        set_table(f, MARK_ENTRY, quanta);
        break;
    case TABLE_CUT:
        set_table(f, MARK_RESTART_1, quanta);
        f->unsafe_points.length = 1;
        break;
    case TABLE_SHORT:
        set_table(f, MARK_RESTART_1, (uint32_t)(pc - f->entry) / f->unsafe_points.quantum);
        break;
    case TABLE_DAMAGED:
        set_table(f, MARK_ENTRY, quanta);
        table[0] = 9; /* -6 */
        break;
    default:
        break;
    }
}

static void set_half_call(enum scene scene, struct function *f, ucontext_t *uc)
{
#if ARCH_HALF_CALL
    if (scene != HALF_CALL && scene != HALF_CALL_FRAME)
        return;
    f->no_frame = scene == HALF_CALL;
    own_lr = ctx_lr(uc);
    ctx_set_lr(uc, ctx_pc(uc) + ARCH_HALF_CALL);
#else
    (void)scene;
    (void)f;
    (void)uc;
#endif
}

/* What a system that suspends threads says of this one, or does about it. */
static void set_flags(enum scene scene, ucontext_t *uc)
{
#ifdef UCONTEXT_BUSY
    if (scene == IN_EXCEPTION)
        uc->ContextFlags |= UCONTEXT_EXCEPTION;
    if (scene == IN_SYSTEM_CALL)
        uc->ContextFlags |= UCONTEXT_SYSTEM_CALL;
    if (scene == RIVAL)
        uc->ContextFlags |= UCONTEXT_RIVAL;
#else
    (void)scene;
    (void)uc;
#endif
}

static void set_up(enum scene scene, struct thread *t, ucontext_t *uc)
{
    struct function *f = &changed[1];
    *f = *t->functions;
    t->functions = f;
    t->cache = (struct pctab_cache){0};
    set_thread(scene, t, ctx_sp(uc));
    set_marks(scene, f, ctx_pc(uc));
    set_functions(scene, t, ctx_pc(uc));
    set_half_call(scene, f, uc);
    set_flags(scene, uc);
}

/* Gives the link register back where the scene has changed it: in the register, or pushed; and has the system
 * report nothing more. */
static void clear_up(enum scene scene, ucontext_t *uc, bool injected)
{
#ifdef UCONTEXT_BUSY
    uc->ContextFlags &= ~(unsigned)UCONTEXT_SCENE;
#endif
#if ARCH_HALF_CALL
    if (scene != HALF_CALL && scene != HALF_CALL_FRAME)
        return;
    for (int k = 0; injected && k < frame_rule.n_slots; k++)
        if (frame_rule.slot[k].value == FRAME_OLD_LR)
            memcpy((void *)(ctx_sp(uc) + frame_rule.slot[k].offset), &own_lr, sizeof own_lr);
    if (!injected)
        ctx_set_lr(uc, own_lr);
#else
    (void)scene;
    (void)uc;
    (void)injected;
    (void)frame_rule;
    (void)frame_reg;
    (void)own_lr;
#endif
}

/* `data` is the guard. */
static void in_scene(const void *data, struct thread *t, ucontext_t *uc, const struct decision *made)
{
    const struct guard *g = data;
    if (!made) {
        set_up(g->scene, t, uc);
        return;
    }
    t->cache = (struct pctab_cache){0};
    clear_up(g->scene, uc, made->refusal == INJECT);
}

bool guard_scene(const struct test_case *c, struct request *q)
{
    if (c < cases || c >= cases + N_GUARDS)
        return false;
    q->scene = in_scene;
    q->scene_data = &guards[c - cases];
    return true;
}

struct expectation guard_expects(const struct test_case *c, const struct shot *s)
{
    uintptr_t entry = (uintptr_t)c->entry;
    switch (guards[c - cases].scene) {
    case STACK_JUST_ENOUGH:
    case OTHER_FUNCTIONS:
    case HALF_CALL_FRAME:
    case RIVAL:
        return (struct expectation){true, s->pc_at};
    case AT_ENTRY:
        return (struct expectation){true, entry};
    case RESTART_INSIDE:
        entry += c->pcs[1].offset;
        if (s->pc_at < entry)
            return (struct expectation){true, s->pc_at};
        return (struct expectation){s->pc_at - entry <= RESTART_BOUND, entry};
    case RESTART:
        return (struct expectation){s->pc_at - entry <= RESTART_BOUND, entry};
    default:
        return (struct expectation){false, 0};
    }
}
