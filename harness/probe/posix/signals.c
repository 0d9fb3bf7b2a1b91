/* POSIX: signals, whose handlers run on a stack of their own. A circle of files: what handles a signal asks
 * the system for what only it can do to the thread. */
#define _GNU_SOURCE
#include <signal.h>
#include <string.h>
#include <sys/mman.h>

#include "probe/fire_signals.h"
#include "probe/shot_timer.h"
#include "probe/system.h"
#include "probe/watchdog.h"
#include "mcontext.h"

/* Bytes; and what is mapped behind it, since the kernel's signal frame may be smaller than the C library's
 * ucontext_t, which is read as a whole (frame_check.c). */
enum { SIGNAL_STACK = 262144, BEHIND_FRAME = 65536 };

/* What every handler begins with. */
static ucontext_t *entered(void *context)
{
#ifdef ARCH_HANDLER_ENTRY
    ARCH_HANDLER_ENTRY();
#endif
#ifdef ARCH_CTX_MEND
    if (!fire.unmended)
        ctx_mend(context);
#endif
    return context;
}

static void on_urg(int signal, siginfo_t *info, void *context)
{
    (void)signal;
    (void)info;
    fire_signal(entered(context));
}

static void on_fatal(int signal, siginfo_t *info, void *context)
{
    uintptr_t address = (uintptr_t)info->si_addr;
    if (fire_fault(entered(context), signal, signal == SIGSEGV ? &address : NULL))
        return;
    /* a fault of the probe itself: die of it, the driver says so */
    struct sigaction by_default = {.sa_handler = SIG_DFL};
    sigaction(signal, &by_default, NULL);
}

static void on_tick(int signal, siginfo_t *info, void *context)
{
    (void)signal;
    (void)info;
    fire_tick(entered(context));
}

static bool handle(int signal, void (*handler)(int, siginfo_t *, void *))
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
    sigemptyset(&action.sa_mask);
    static const int timers[] = {SIGURG, SIGPROF, SIGALRM}; /* each blocks the others */
    bool is_timer = false;
    for (size_t k = 0; k < sizeof timers / sizeof *timers; k++)
        is_timer |= signal == timers[k];
    for (size_t k = 0; is_timer && k < sizeof timers / sizeof *timers; k++)
        sigaddset(&action.sa_mask, timers[k]);
    return sigaction(signal, &action, NULL) == 0;
}

bool system_fire_begin(void)
{
    static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
    stack_t stack = {.ss_size = SIGNAL_STACK};
    stack.ss_sp =
        mmap(NULL, SIGNAL_STACK + BEHIND_FRAME, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (stack.ss_sp == MAP_FAILED)
        return false;
    memset(stack.ss_sp, 0, SIGNAL_STACK); /* faulted in before the first signal needs it */
    bool ok = sigaltstack(&stack, NULL) == 0 && handle(SIGURG, on_urg) && handle(SIGPROF, on_tick) &&
              handle(SIGALRM, on_tick);
    for (size_t k = 0; ok && k < sizeof fatal / sizeof *fatal; k++)
        ok = handle(fatal[k], on_fatal);
    return ok && shot_timer_begin() && watchdog_begin();
}

void system_sets_out(void)
{
}

struct decision system_request(struct thread *t, ucontext_t *uc, thread_stopped *stopped, const char **broken)
{
    *broken = NULL;
    stopped(uc);
    return handle_preempt(t, uc);
}

void system_unblock(ucontext_t *uc)
{
    sigdelset(&uc->uc_sigmask, SIGURG);
    sigdelset(&uc->uc_sigmask, SIGPROF);
    sigdelset(&uc->uc_sigmask, SIGALRM);
}

/* Which the kernel does not look at. */
void system_spoil_context(ucontext_t *uc)
{
    uc->uc_link = (ucontext_t *)~(uintptr_t)uc->uc_link;
}

bool system_signal_stack(bool own)
{
    struct sigaction action;
    sigaction(SIGURG, NULL, &action);
    action.sa_flags = own ? action.sa_flags | SA_ONSTACK : action.sa_flags & ~SA_ONSTACK;
    return sigaction(SIGURG, &action, NULL) == 0;
}

uint32_t system_context_bytes(const ucontext_t *uc)
{
    stack_t stack;
    sigaltstack(NULL, &stack);
    return (uint32_t)((uintptr_t)stack.ss_sp + stack.ss_size - (uintptr_t)uc);
}
