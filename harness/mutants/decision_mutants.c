/* Mutants of the decision: each of its tests dropped or turned round, each value of a table mistaken. The
 * real is_async_safe_point decides, on inputs that are changed so that the test can't fail, or its answer is
 * changed. */
#include <stdio.h>
#include <string.h>

#include "probe/adversary.h"
#include "arch.h"
#include "frame.h"
#include "mcontext.h"
#include "mutants.h"

/* clang-format off */
enum fault {
    WANT_DROPPED, WANT_NEGATED, ANSWER_DROPPED,
    STACK_DROPPED, STACK_BELOW_DROPPED, STACK_WITHOUT_PUSH, STACK_NEGATED, STACK_ONE_MORE,
    UNKNOWN_DROPPED, UNKNOWN_NEGATED, FUNCTION_EARLY, FUNCTION_LATE, FUNCTION_SHORT,
    LISTED_DROPPED, LISTED_NEGATED,
    TABLE_DROPPED, TABLE_NEGATED, BOUND_DROPPED, BOUND_NEGATED, BOUND_ONE_MORE, BOUND_ONE_LESS,
    UNSAFE_DROPPED, UNSAFE_NEGATED, PUSH_DROPPED, PUSH_NEGATED,
    HALF_DROPPED, HALF_NEGATED, HALF_WITH_FRAME, HALF_WITHOUT_CALL,
    STUB_KNOWN, SECOND_REFUSED, SECOND_AT_FIRST, VALUE,
};
/* clang-format on */

static const struct {
    enum fault fault;
    const char *id, *class, *what;
    int32_t from, to; /* VALUE: taken for one another */
} mutants[] = {
    {WANT_DROPPED, "want.dropped", "M18", "injects though no preemption was requested", 0, 0},
    {WANT_NEGATED, "want.negated", "M18", "injects only if no preemption was requested", 0, 0},
    {ANSWER_DROPPED, "want.not_withdrawn", "M18", "leaves the request standing", 0, 0},
    {STACK_DROPPED, "stack.dropped", "M30", "does not look for room on the stack", 0, 0},
    {STACK_BELOW_DROPPED, "stack.below_dropped", "M30", "takes SP below the stack's end for one far above it",
     0, 0},
    {STACK_WITHOUT_PUSH, "stack.without_push", "M30", "forgets what push_call takes from the stack", 0, 0},
    {STACK_ONE_MORE, "stack.one_more", "M30", "asks for more stack than needed", 0, 0},
    {STACK_NEGATED, "stack.negated", "M30", "injects only where there is no room", 0, 0},
    {UNKNOWN_DROPPED, "unknown.dropped", "M36", "takes a PC of no known function for one of the next", 0, 0},
    {UNKNOWN_NEGATED, "unknown.negated", "M36", "refuses PCs of known functions", 0, 0},
    {FUNCTION_EARLY, "function.early", "M36", "lets functions begin a quantum early", 0, 0},
    {FUNCTION_LATE, "function.late", "M36", "lets functions end a quantum late", 0, 0},
    {FUNCTION_SHORT, "function.short", "M36", "lets functions end a quantum early", 0, 0},
    {LISTED_DROPPED, "listed.dropped", "M17", "does not look at the refusal list", 0, 0},
    {LISTED_NEGATED, "listed.negated", "M17", "refuses what is not on the list", 0, 0},
    {TABLE_DROPPED, "table_error.dropped", "M34", "takes an unreadable table for a safe one", 0, 0},
    {TABLE_NEGATED, "table_error.negated", "M34", "refuses with readable tables", 0, 0},
    {BOUND_DROPPED, "bound.dropped", "M27", "restarts however long the range is", 0, 0},
    {BOUND_NEGATED, "bound.negated", "M27", "restarts only where the range is too long", 0, 0},
    {BOUND_ONE_MORE, "bound.one_more", "M27", "allows ranges of 20 bytes and an instruction", 0, 0},
    {BOUND_ONE_LESS, "bound.one_less", "M27", "refuses at the 20th byte of a range", 0, 0},
    {UNSAFE_DROPPED, "unsafe.dropped", "M16", "injects where the table refuses", 0, 0},
    {UNSAFE_NEGATED, "unsafe.negated", "M16", "injects only where the table refuses", 0, 0},
    {PUSH_DROPPED, "inject.dropped", "M18", "pushes the call whatever was decided", 0, 0},
    {PUSH_NEGATED, "inject.negated", "M18", "pushes the call only where it was refused", 0, 0},
#if ARCH_HALF_CALL
    {HALF_DROPPED, "half_call.dropped", "M26", "does not look for half-executed calls", 0, 0},
    {HALF_NEGATED, "half_call.negated", "M26", "refuses all but half-executed calls", 0, 0},
    {HALF_WITH_FRAME, "half_call.with_frame", "M26", "suspects functions with a frame too", 0, 0},
    {HALF_WITHOUT_CALL, "half_call.without_call", "M26", "suspects every function without a frame", 0, 0},
#endif
    {STUB_KNOWN, "unknown.but_for_the_stub", "M36", "takes the stub for a function that may be preempted", 0,
     0},
    {SECOND_REFUSED, "second.refused", "M18", "refuses a thread that was preempted once", 0, 0},
    {SECOND_AT_FIRST, "second.resumes_at_firsts", "M20", "resumes where it resumed the thread the first time",
     0, 0},
    {VALUE, "value.safe_as_unsafe", "M18", "takes -1 for -2", -1, -2},
    {VALUE, "value.safe_as_restart", "M25", "takes -1 for -3", -1, -3},
    {VALUE, "value.safe_as_entry", "M25", "takes -1 for -5", -1, -5},
    {VALUE, "value.unsafe_as_safe", "M16", "takes -2 for -1", -2, -1},
    {VALUE, "value.unsafe_as_restart", "M29", "takes -2 for -3", -2, -3},
    {VALUE, "value.restart_1_as_safe", "M22", "takes -3 for -1", -3, -1},
    {VALUE, "value.restart_1_as_unsafe", "M18", "takes -3 for -2", -3, -2},
    {VALUE, "value.restart_1_as_entry", "M25", "takes -3 for -5", -3, -5},
    {VALUE, "value.restart_2_as_safe", "M22", "takes -4 for -1", -4, -1},
    {VALUE, "value.restart_2_as_unsafe", "M18", "takes -4 for -2", -4, -2},
    {VALUE, "value.restart_2_as_entry", "M25", "takes -4 for -5", -4, -5},
    {VALUE, "value.entry_as_safe", "M5", "takes -5 for the PC", -5, -1},
    {VALUE, "value.entry_as_unsafe", "M18", "takes -5 for -2", -5, -2},
    {VALUE, "value.entry_as_restart", "M5", "takes -5 for the start of the range", -5, -3},
};
enum { N_MUTANTS = sizeof mutants / sizeof *mutants };

static uint32_t active;

static enum pctab_error lookup(const struct pctab *table, uint32_t pc, struct pc_run *run)
{
    enum pctab_error error = pctab_lookup(table, pc, run);
    switch (mutants[active].fault) {
    case VALUE:
        if (error == PCTAB_OK && run->value == mutants[active].from)
            run->value = mutants[active].to;
        return error;
    case TABLE_DROPPED:
        if (error != PCTAB_OK)
            *run = (struct pc_run){0, table->func_size, POINT_SAFE};
        return PCTAB_OK;
    case TABLE_NEGATED:
        return error == PCTAB_OK ? PCTAB_TRUNCATED : PCTAB_OK;
    default:
        return error;
    }
}

static bool knows(const struct thread *t, uintptr_t pc)
{
    for (int k = 0; k < t->n_functions; k++)
        if (pc >= t->functions[k].entry && pc < t->functions[k].end)
            return true;
    return false;
}

/* Whether a restart at this PC is in a range, and how far its start is. */
static bool in_range(const struct thread *t, uintptr_t pc, uint32_t *distance)
{
    struct pc_run run;
    for (int k = 0; k < t->n_functions; k++) {
        const struct function *f = &t->functions[k];
        if (pc < f->entry || pc >= f->end ||
            pctab_lookup(&f->unsafe_points, (uint32_t)(pc - f->entry), &run) != PCTAB_OK)
            continue;
        *distance = (uint32_t)(pc - f->entry) - run.start;
        return run.value == POINT_RESTART_1 || run.value == POINT_RESTART_2;
    }
    return false;
}

static struct decision inject(uintptr_t resume)
{
    return (struct decision){INJECT, resume};
}

static struct decision refuse(enum refusal why)
{
    return (struct decision){why, 0};
}

/* A decision to inject, by one who remembers what he decided before in this run. */
static struct decision again(struct decision d, uintptr_t entry)
{
    static uintptr_t first;
    bool second = adversary_calls() > 0;
    if (!second)
        first = d.resume_pc - entry;
    if (second && mutants[active].fault == SECOND_REFUSED)
        return refuse(REFUSE_UNWANTED);
    if (second && mutants[active].fault == SECOND_AT_FIRST)
        d.resume_pc = entry + first;
    return d;
}

/* By the tests that come last: what was decided is known. */
static struct decision changed_answer(struct decision d, const struct thread *t, uintptr_t pc)
{
    uint32_t distance = 0;
    bool ranged = in_range(t, pc, &distance), injects = d.refusal == INJECT;
    switch (mutants[active].fault) {
    case BOUND_DROPPED:
        return d.refusal == REFUSE_RANGE ? inject(pc - distance) : d;
    case BOUND_NEGATED:
        return d.refusal == REFUSE_RANGE ? inject(pc - distance)
               : injects && ranged       ? refuse(REFUSE_RANGE)
                                         : d;
    case BOUND_ONE_MORE:
        return d.refusal == REFUSE_RANGE && distance <= MAX_RESTART_DISTANCE + 4 ? inject(pc - distance) : d;
    case BOUND_ONE_LESS:
        return injects && ranged && distance == MAX_RESTART_DISTANCE ? refuse(REFUSE_RANGE) : d;
    case UNSAFE_DROPPED:
        return d.refusal == REFUSE_UNSAFE ? inject(pc) : d;
    case UNSAFE_NEGATED:
        return d.refusal == REFUSE_UNSAFE ? inject(pc) : injects ? refuse(REFUSE_UNSAFE) : d;
    default:
        return d;
    }
}

/* What a fault is applied to: the functions are a copy. */
struct input {
    struct thread *t;
    struct function f[4];
    int n;
    uintptr_t pc, sp, lr;
};

/* Of the thread and its stack. True if it is decided by that. */
static bool change_thread(struct input *in, struct decision *d)
{
    struct thread *t = in->t;
    bool room = in->sp >= t->stack_lo && in->sp - t->stack_lo >= ASYNC_PREEMPT_STACK;
    switch (mutants[active].fault) {
    case WANT_DROPPED:
        t->want_preempt = true;
        break;
    case WANT_NEGATED:
        t->want_preempt = !t->want_preempt;
        break;
    case STACK_DROPPED:
        t->stack_lo = 0;
        break;
    case STACK_BELOW_DROPPED:
        t->stack_lo = in->sp < t->stack_lo ? 0 : t->stack_lo;
        break;
    case STACK_WITHOUT_PUSH:
        t->stack_lo -= frame_rule.sp_drop;
        break;
    case STACK_ONE_MORE:
        t->stack_lo += ARCH_STACK_ALIGN;
        break;
    case STACK_NEGATED:
        t->stack_lo = 0;
        *d = refuse(REFUSE_STACK);
        return room;
    default:
        break;
    }
    return false;
}

/* Of the functions that it knows. */
static bool change_functions(struct input *in, struct decision *d)
{
    struct function *f = in->f;
    int n = in->n;
    switch (mutants[active].fault) {
    case UNKNOWN_DROPPED:
        f[0].entry = n == 0 || in->pc < f[0].entry ? in->pc : f[0].entry;
        f[0].end = n <= 1 && in->pc >= f[0].end ? in->pc + 1 : f[0].end;
        in->t->n_functions = n ? n : 1;
        if (n == 0)
            f[0] = (struct function){
                .entry = in->pc, .end = in->pc + 1, .unsafe_points = {NULL, 0, 64, ARCH_PC_QUANTUM}};
        break;
    case UNKNOWN_NEGATED:
        *d = knows(in->t, in->pc) ? refuse(REFUSE_UNKNOWN_PC) : inject(in->pc);
        return true;
    case FUNCTION_EARLY:
        f[0].entry -= ARCH_PC_QUANTUM;
        break;
    case FUNCTION_LATE:
        f[n ? n - 1 : 0].end += ARCH_PC_QUANTUM;
        break;
    case FUNCTION_SHORT:
        f[n / 2].end -= ARCH_PC_QUANTUM * (mutants_case->n_pcs > 1 ? 1 : 0) + (ARCH_PC_QUANTUM < 4) * 3;
        break;
    case LISTED_DROPPED:
        for (int k = 0; k < n; k++)
            f[k].refused = false;
        break;
    case LISTED_NEGATED:
        for (int k = 0; k < n; k++)
            f[k].refused = !f[k].refused;
        break;
    default:
        break;
    }
    return false;
}

/* Of half-executed calls. */
static bool change_link(struct input *in, struct decision *d)
{
    bool half = false;
    for (int k = 0; k < in->n; k++)
        half |= ARCH_HALF_CALL && in->lr == in->pc + ARCH_HALF_CALL && in->f[k].no_frame;
    switch (mutants[active].fault) {
    case HALF_DROPPED:
        in->lr = 0;
        break;
    case HALF_NEGATED:
        in->lr = 0;
        *d = refuse(REFUSE_HALF_CALL);
        return !half;
    case HALF_WITH_FRAME:
        for (int k = 0; k < in->n; k++)
            in->f[k].no_frame = true;
        break;
    case HALF_WITHOUT_CALL:
        in->lr = in->pc + ARCH_HALF_CALL;
        break;
    default:
        break;
    }
    return false;
}

static struct decision decide(struct thread *t, uintptr_t pc, uintptr_t sp, uintptr_t lr)
{
    static struct input in;
    struct decision d;
    in = (struct input){.t = t, .n = t->n_functions < 4 ? t->n_functions : 4, .pc = pc, .sp = sp, .lr = lr};
    memcpy(in.f, t->functions, (size_t)in.n * sizeof *in.f);
    t->functions = in.f;
    if (change_thread(&in, &d) || change_functions(&in, &d) || change_link(&in, &d))
        return d;
    if (mutants[active].fault == STUB_KNOWN && pc >= (uintptr_t)async_preempt &&
        pc < (uintptr_t)async_preempt_end)
        return inject(pc);
    d = is_async_safe_point(t, pc, sp, in.lr);
    if (d.refusal == INJECT)
        d = again(d, in.f[0].entry);
    return changed_answer(d, t, pc);
}

static struct decision handle(struct thread *t, ucontext_t *uc)
{
    struct thread changed = *t;
    struct decision d = decide(&changed, ctx_pc(uc), ctx_sp(uc), ctx_lr(uc));
    enum fault fault = mutants[active].fault;
    bool injects = (d.refusal == INJECT) != (fault == PUSH_NEGATED);
    if (injects || fault == PUSH_DROPPED) {
        t->want_preempt = fault == ANSWER_DROPPED;
        push_call(uc, (uintptr_t)async_preempt, d.resume_pc);
    }
    return d;
}

static uint32_t count(const struct options *o)
{
    (void)o;
    return N_MUTANTS;
}

static void describe(uint32_t k, struct mutant *m)
{
    snprintf(m->id, sizeof m->id, "decision.%s", mutants[k].id);
    snprintf(m->what, sizeof m->what, "the decision %s", mutants[k].what);
    m->class = mutants[k].class;
    m->in_call = mutants[k].fault == STUB_KNOWN;
}

static void apply(uint32_t k)
{
    active = k;
    hooks.handle_preempt = handle;
    hooks.lookup = lookup;
}

static void revert(uint32_t k)
{
    (void)k;
    (void)frame_reg;
    hooks.handle_preempt = NULL;
    hooks.lookup = NULL;
}

const struct mutant_kind decision_mutants = {"decision", count, describe, apply, revert, NULL, NULL};
