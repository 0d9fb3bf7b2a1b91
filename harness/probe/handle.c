/* Under test: the decision and the injection. Async-signal-safe, no allocation. */
#include "handle.h"

#include "arch.h"
#include "mcontext.h"

static const struct function *find_function(const struct thread *t, uintptr_t pc)
{
    int low = 0, high = t->n_functions;
    while (low < high) {
        int mid = low + (high - low) / 2;
        if (pc < t->functions[mid].entry)
            high = mid;
        else if (pc >= t->functions[mid].end)
            low = mid + 1;
        else
            return &t->functions[mid];
    }
    return NULL;
}

static struct decision refuse(enum refusal why)
{
    return (struct decision){why, 0};
}

struct decision is_async_safe_point(struct thread *t, uintptr_t pc, uintptr_t sp, uintptr_t lr)
{
    if (!t->want_preempt)
        return refuse(REFUSE_UNWANTED);
    if (sp < t->stack_lo || sp - t->stack_lo < ASYNC_PREEMPT_STACK)
        return refuse(REFUSE_STACK);
    const struct function *f = find_function(t, pc);
    if (!f)
        return refuse(REFUSE_UNKNOWN_PC);
    uint32_t offset = (uint32_t)(pc - f->entry);
    /* A signal in a delay slot reports the branch with its link register already written; resumed there, an
     * unwinder would take the function for its own caller. */
    if (ARCH_HALF_CALL && lr == pc + ARCH_HALF_CALL && f->no_frame)
        return refuse(REFUSE_HALF_CALL);
    if (f->refused)
        return refuse(REFUSE_LISTED);
    struct pc_run run;
    if (pctab_lookup_cached(&t->cache, &f->unsafe_points, offset, &run) != PCTAB_OK)
        return refuse(REFUSE_TABLE);
    switch (run.value) {
    case POINT_SAFE:
        return (struct decision){INJECT, pc};
    case POINT_RESTART_1:
    case POINT_RESTART_2:
        if (offset - run.start > MAX_RESTART_DISTANCE)
            return refuse(REFUSE_RANGE);
        return (struct decision){INJECT, f->entry + run.start};
    case POINT_RESTART_AT_ENTRY:
        return (struct decision){INJECT, f->entry};
    default:
        return refuse(REFUSE_UNSAFE);
    }
}

struct decision handle_preempt(struct thread *t, ucontext_t *uc)
{
    struct decision d = is_async_safe_point(t, ctx_pc(uc), ctx_sp(uc), ctx_lr(uc));
    if (d.refusal == INJECT) {
        t->want_preempt = false;
        push_call(uc, (uintptr_t)async_preempt, d.resume_pc);
    }
    return d;
}
