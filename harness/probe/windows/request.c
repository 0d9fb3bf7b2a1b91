/* Windows: the code under test preempts a thread that the controller has suspended before, so that its own
 * suspension is one more; and the rules that it must keep while it does. */
#define EVERYPC_BETWEEN
#include "preempt_thread.h"

#include "probe/deliver.h"
#include "probe/system.h"
#include "mcontext.h"
#include "rival.h"
#include "suspended.h"

static struct {
    ucontext_t *uc;
    thread_stopped *stopped; /* null: has been called */
    const char *broken;
    int suspensions;  /* by the code under test */
    bool set;         /* it has set the context */
    bool has_written; /* the thread's context was set since it was found */
    DWORD busy;       /* what is to be reported of the thread: UCONTEXT_EXCEPTION, UCONTEXT_SYSTEM_CALL */
} under;

static void breaks(const char *rule)
{
    if (!under.broken)
        under.broken = rule;
}

static BOOL write_context(HANDLE thread, const CONTEXT *context)
{
    CONTEXT c = *context;
    c.ContextFlags &= ~(UCONTEXT_REPORTED | UCONTEXT_ASK | UCONTEXT_SCENE);
    return SetThreadContext(thread, &c);
}

/* From here on the thread can be known to stand still, in the scene. */
static void stop(HANDLE thread)
{
    if (!under.stopped)
        return;
    under.stopped(under.uc);
    under.stopped = NULL;
    under.busy = under.uc->ContextFlags & UCONTEXT_BUSY;
    under.has_written = true;
    write_context(thread, under.uc);
    if (under.uc->ContextFlags & UCONTEXT_RIVAL && rival_comes_in())
        breaks("SuspendThread while another thread is at it: two that suspend each other wait for ever");
}

DWORD WINAPI everypc_SuspendThread(HANDLE thread)
{
    if (rival_calls()) {
        rival_suspends();
        return 0;
    }
    DWORD count = SuspendThread(thread);
    under.suspensions++;
    return count - 1; /* the controller's own */
}

DWORD WINAPI everypc_ResumeThread(HANDLE thread)
{
    if (rival_calls())
        return 1;
    if (under.suspensions == 0) {
        breaks("ResumeThread of a thread that was suspended by someone else");
        return 0;
    }
    under.suspensions--;
    return ResumeThread(thread) - 1;
}

/* With what the system reports beside the registers, in a scene: that is the scene's. Wine reports nothing.
 */
static BOOL read_context(HANDLE thread, CONTEXT *context)
{
    bool ask = context->ContextFlags & UCONTEXT_ASK;
    context->ContextFlags &= ~(DWORD)UCONTEXT_ASK;
    BOOL ok = GetThreadContext(thread, context);
    if (ask)
        context->ContextFlags |= UCONTEXT_REPORTED | UCONTEXT_ASK | under.busy;
    return ok;
}

BOOL WINAPI everypc_GetThreadContext(HANDLE thread, CONTEXT *context)
{
    if (rival_calls())
        return FALSE;
    if (under.suspensions > 0) {
        stop(thread);
        return read_context(thread, context);
    }
    /* It may have been anywhere on its way: at the entry, for instance. */
    breaks("GetThreadContext of a thread that runs: SuspendThread comes first");
    BOOL ok = read_context(thread, context);
    ctx_set_pc(context, deliver_entry());
    return ok;
}

BOOL WINAPI everypc_SetThreadContext(HANDLE thread, const CONTEXT *context)
{
    if (rival_calls())
        return FALSE;
    if (under.suspensions == 0)
        breaks("SetThreadContext of a thread that runs: ResumeThread comes last");
    stop(thread);
    under.set = true;
    return write_context(thread, context);
}

struct decision system_request(struct thread *t, ucontext_t *uc, thread_stopped *stopped, const char **broken)
{
    HANDLE thread = controller_thread();
    under.uc = uc;
    under.stopped = stopped;
    under.broken = NULL;
    under.suspensions = 0;
    under.set = false;
    under.busy = 0;
    struct decision d = preempt_thread(t, thread);
    rival_home();
    if (under.suspensions > 0)
        breaks("the thread is left suspended");
    for (; under.suspensions > 0; under.suspensions--)
        ResumeThread(thread);
    stop(thread);
    DWORD scene = uc->ContextFlags & UCONTEXT_SCENE;
    uc->ContextFlags &= ~scene;
    if (under.set)
        GetThreadContext(thread, uc);
    uc->ContextFlags |= scene;
    *broken = under.broken;
    return d;
}

bool suspended_has_written(void)
{
    bool written = under.has_written;
    under.has_written = false;
    return written;
}
