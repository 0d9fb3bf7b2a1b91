/* Windows: mutants of preempt_thread, each a step left out or done at another time. */
#include <stdio.h>

#include "mutants/mutants.h"
#include "probe/windows/preempt_thread.h"
#include "mcontext.h"

/* clang-format off */
enum fault {
    READ_FIRST, WANTED_BEFORE, SP_ALIGNED, MORE_WRITTEN, LEFT_SUSPENDED, RESUMED_TWICE, SET_LAST,
    EXCEPTION_IGNORED, SYSTEM_CALL_IGNORED, NOT_ASKED, NO_LOCK, UNLOCKED_EARLY,
};

static const struct {
    const char *id, *class, *what;
} mutants[] = {
    [READ_FIRST] = {"read_first", "M20", "reads the context before the suspension has taken hold"},
    [WANTED_BEFORE] = {"wanted_before", "M18", "asks whether it is wanted before the suspension alone"},
    [SP_ALIGNED] = {"sp_aligned", "M31", "aligns the stack pointer down once the call is pushed"},
    [MORE_WRITTEN] = {"more_written", "M13", "sets registers that it has not read"},
    [LEFT_SUSPENDED] = {"left_suspended", "M18", "leaves the thread suspended"},
    [RESUMED_TWICE] = {"resumed_twice", "M18", "resumes the thread once more than it has suspended it"},
    [SET_LAST] = {"set_last", "M20", "sets the context when the thread runs again"},
    [EXCEPTION_IGNORED] = {"exception_ignored", "M20", "edits the context of a thread in an exception"},
    [SYSTEM_CALL_IGNORED] = {"system_call_ignored", "M20", "edits the context of a thread in a system call"},
    [NO_LOCK] = {"no_lock", "M20", "suspends without a lock"},
    [UNLOCKED_EARLY] = {"unlocked_early", "M20", "gives its lock back before the suspension has taken hold"},
    [NOT_ASKED] = {"busy_not_asked", "M20", "does not ask whether the context may be edited"},
};
/* clang-format on */
enum { N_MUTANTS = sizeof mutants / sizeof *mutants, ALIGN_TO = 64 };

static enum fault active;
static bool on;

struct decision __real_preempt_thread(struct thread *t, HANDLE thread);
struct decision __wrap_preempt_thread(struct thread *t, HANDLE thread);

static struct decision decide(struct thread *t, CONTEXT *c)
{
    DWORD busy = active == EXCEPTION_IGNORED     ? UCONTEXT_SYSTEM_CALL
                 : active == SYSTEM_CALL_IGNORED ? UCONTEXT_EXCEPTION
                                                 : UCONTEXT_BUSY;
    if (c->ContextFlags & busy)
        return (struct decision){REFUSE_BUSY, 0};
    struct decision d = handle_preempt(t, c);
    if (d.refusal == INJECT && active == SP_ALIGNED)
        ctx_set_sp(c, ctx_sp(c) & -(uintptr_t)ALIGN_TO);
    if (active == MORE_WRITTEN)
        c->ContextFlags |= CONTEXT_INTEGER;
    return d;
}

static SRWLOCK lock = SRWLOCK_INIT;

static void unlock(bool now)
{
    if (now && active != NO_LOCK)
        ReleaseSRWLockExclusive(&lock);
}

/* As preempt_thread, but for the fault. */
static struct decision mutated(struct thread *t, HANDLE thread)
{
    _Alignas(16) CONTEXT c = {.ContextFlags = CONTEXT_CONTROL};
    bool wanted = t->want_preempt;
    if (active != NOT_ASKED)
        c.ContextFlags |= UCONTEXT_ASK;
    if (active != NO_LOCK)
        AcquireSRWLockExclusive(&lock);
    bool read = active == READ_FIRST && GetThreadContext(thread, &c);
    SuspendThread(thread);
    unlock(active == UNLOCKED_EARLY);
    read = read || GetThreadContext(thread, &c);
    unlock(active != UNLOCKED_EARLY);
    if (active == WANTED_BEFORE)
        t->want_preempt = wanted;
    struct decision d = {REFUSE_UNWANTED, 0};
    if (read)
        d = decide(t, &c);
    if (active == SET_LAST)
        ResumeThread(thread);
    if (d.refusal == INJECT)
        SetThreadContext(thread, &c);
    if (active != SET_LAST && (active != LEFT_SUSPENDED || d.refusal != INJECT))
        ResumeThread(thread);
    if (active == RESUMED_TWICE)
        ResumeThread(thread);
    return d;
}

struct decision __wrap_preempt_thread(struct thread *t, HANDLE thread)
{
    return on ? mutated(t, thread) : __real_preempt_thread(t, thread);
}

static uint32_t count(const struct options *o)
{
    (void)o;
    return N_MUTANTS;
}

static void describe(uint32_t k, struct mutant *m)
{
    snprintf(m->id, sizeof m->id, "suspend.%s", mutants[k].id);
    snprintf(m->what, sizeof m->what, "preempt_thread %s", mutants[k].what);
    m->class = mutants[k].class;
}

static void apply(uint32_t k)
{
    active = (enum fault)k;
    on = true;
}

static void revert(uint32_t k)
{
    (void)k;
    on = false;
}

const struct mutant_kind suspend_mutants = {"suspend", count, describe, apply, revert, NULL, NULL};
