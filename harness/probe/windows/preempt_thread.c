/* Under test: as Go's preemptM (1.19, runtime/os_windows.go), whose order is a rule each. SuspendThread only
 * asks for the suspension, and GetThreadContext waits for it: so the context is read before anything about
 * the thread is looked at, and whether a preemption is still wanted is looked at behind both. The thread may
 * have been stopped in a system call, in an exception, with any lock taken: until it is known to be at a safe
 * point, nothing is called that could wait for it. If the kernel is dealing with an exception of it (a page
 * fault, a breakpoint whose PC lies inside the instruction) or a system call, the kernel's own work on the
 * context and ours would mix, wherever its PC is: golang/go#79249, #36494; the rule is from golang/go#81448.
 */
#include "probe/windows/preempt_thread.h"

/* Two threads that suspend each other would wait for ever. */
static SRWLOCK suspend_lock = SRWLOCK_INIT;

struct decision preempt_thread(struct thread *t, HANDLE thread)
{
    _Alignas(16) CONTEXT c = {.ContextFlags = CONTEXT_CONTROL | UCONTEXT_ASK};
    AcquireSRWLockExclusive(&suspend_lock);
    if (SuspendThread(thread) == (DWORD)-1) { /* it is no longer there */
        ReleaseSRWLockExclusive(&suspend_lock);
        return (struct decision){REFUSE_UNWANTED, 0};
    }
    BOOL read = GetThreadContext(thread, &c);
    ReleaseSRWLockExclusive(&suspend_lock);
    struct decision d = {REFUSE_UNWANTED, 0};
    if (read && c.ContextFlags & UCONTEXT_BUSY)
        d.refusal = REFUSE_BUSY;
    else if (read)
        d = handle_preempt(t, &c);
    if (d.refusal == INJECT)
        SetThreadContext(thread, &c);
    ResumeThread(thread);
    return d;
}
