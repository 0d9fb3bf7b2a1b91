/* The controller: see controller.h. Whatever fire_signal and fire_tick do, they do here, with the thread
 * under fire suspended: it may have been anywhere, with any lock of the C library's taken. */
#include "controller.h"

#include <string.h>
#include <x86intrin.h>

#include "probe/clock.h"
#include "probe/fire_signals.h"
#include "probe/system.h"
#include "probe/watchdog.h"
#include "mcontext.h"
#include "rival.h"
#include "suspended.h"

/* ntdll's: as WaitOnAddress, in units of 100 ns, of which negative ones are from now on. */
LONG NTAPI RtlWaitOnAddress(const volatile void *at, const void *undesired, SIZE_T bytes,
                            const LARGE_INTEGER *timeout);

enum {
    WATCH_MS = 20,         /* how often a thread that goes nowhere is looked at */
    ON_ITS_WAY_NS = 50000, /* a thread that was let go on does not run at once */
};

static HANDLE under_fire;
static volatile LONG asked;   /* a shot is */
static volatile LONG set_out; /* the thread has, and nothing has stopped it since */
static volatile LONG suspended;
static volatile LONG news; /* another number whenever a shot becomes due */
static volatile uint64_t behind_ns, due;

void controller_ask(uint64_t ns)
{
    InterlockedExchange(&set_out, suspended);
    behind_ns = ns;
    InterlockedExchange(&asked, 1);
}

void controller_cancel(void)
{
    InterlockedExchange(&asked, 0);
}

void system_sets_out(void)
{
    bool wake = asked;
    if (wake)
        due = now_ns() + behind_ns;
    InterlockedExchange(&set_out, 1);
    if (!wake)
        return;
    InterlockedIncrement(&news);
    WakeByAddressSingle((void *)&news);
}

uint64_t controller_thread_ns(void)
{
    FILETIME created, ended, kernel, user;
    if (!GetThreadTimes(under_fire, &created, &ended, &kernel, &user))
        return 0;
    uint64_t k = (uint64_t)kernel.dwHighDateTime << 32 | kernel.dwLowDateTime,
             u = (uint64_t)user.dwHighDateTime << 32 | user.dwLowDateTime;
    return (k + u) * 100;
}

HANDLE controller_thread(void)
{
    return under_fire;
}

/* Stops the thread, hands it to `handle`, and lets it go on with what that has made of its context. */
static void stop(void (*handle)(ucontext_t *uc), bool (*still)(void))
{
    static _Alignas(16) ucontext_t uc, before;
    if (SuspendThread(under_fire) == (DWORD)-1)
        return;
    memset(&uc, 0, sizeof uc);
    uc.ContextFlags = CTX_ALL;
    if (GetThreadContext(under_fire, &uc) && still()) { /* which waits until it does stand still */
        before = uc;
        InterlockedExchange(&suspended, 1);
        InterlockedExchange(&set_out, 0);
        handle(&uc);
        if (memcmp(&uc, &before, sizeof uc) != 0 || suspended_has_written())
            SetThreadContext(under_fire, &uc);
        InterlockedExchange(&suspended, 0);
    }
    ResumeThread(under_fire);
    if (asked && set_out)
        due = now_ns() + (behind_ns > ON_ITS_WAY_NS ? behind_ns : ON_ITS_WAY_NS);
}

/* It may have been taken back before the thread stood still; then it counts no more. */
static bool take_request(void)
{
    return InterlockedExchange(&asked, 0);
}

static bool in_case(void)
{
    return fire.in_case;
}

/* Until a shot is due, or it is time to look at the thread. Never by asking again and again: where there are
 * more threads than processors, each time would cost the one under fire, which spins, a whole slice. */
static void wait(void)
{
    LONG seen = news;
    uint64_t now = now_ns(), until = now + WATCH_MS * UINT64_C(1000000);
    if (asked && set_out)
        until = due;
    LARGE_INTEGER timeout = {.QuadPart = -(LONGLONG)((until - now) / 100)};
    if (until > now + 100)
        RtlWaitOnAddress(&news, &seen, sizeof seen, &timeout);
}

/* A fault with the stack pointer astray leaves no place for the exception: Windows then ends the process,
 * Wine the thread alone, and nothing would ever happen again. */
static void end_with_thread(void)
{
    if (WaitForSingleObject(under_fire, 0) == WAIT_OBJECT_0)
        TerminateProcess(GetCurrentProcess(), 128 + 11);
}

static DWORD WINAPI control(void *unused)
{
    (void)unused;
    for (uint64_t watched = 0;;) {
        wait();
        uint64_t now = now_ns();
        if (asked && set_out && due <= now)
            stop(fire_signal, take_request);
        if (now - watched >= WATCH_MS * UINT64_C(1000000)) {
            watched = now;
            end_with_thread();
            if (fire.in_case && watchdog_tick())
                stop(fire_tick, in_case);
        }
    }
    return 0;
}

/* ---- exceptions ---- */

/* The fatal signal that POSIX has for it; 0: none. */
static int signal_of(DWORD code)
{
    static const struct {
        DWORD code;
        int signal;
    } signals[] = {
        {STATUS_ACCESS_VIOLATION, 11},
        {STATUS_IN_PAGE_ERROR, 11},
        {STATUS_GUARD_PAGE_VIOLATION, 11},
        {STATUS_STACK_OVERFLOW, 11},
        {STATUS_ILLEGAL_INSTRUCTION, 4},
        {STATUS_PRIVILEGED_INSTRUCTION, 11},
        {STATUS_DATATYPE_MISALIGNMENT, 7},
        {STATUS_INTEGER_DIVIDE_BY_ZERO, 8},
        {STATUS_INTEGER_OVERFLOW, 8},
        {STATUS_FLOAT_DIVIDE_BY_ZERO, 8},
        {STATUS_FLOAT_INVALID_OPERATION, 8},
        {STATUS_FLOAT_MULTIPLE_FAULTS, 8},
        {STATUS_FLOAT_MULTIPLE_TRAPS, 8},
        {STATUS_BREAKPOINT, 5},
        {STATUS_SINGLE_STEP, 5},
        {STATUS_ARRAY_BOUNDS_EXCEEDED, 11},
    };
    for (size_t k = 0; k < sizeof signals / sizeof *signals; k++)
        if (signals[k].code == code)
            return signals[k].signal;
    return 0;
}

/* Flags that broken code may have set, and that other code can't run with: the trap flag, the direction flag,
 * NT, with which the IRET at the end of Wine's system calls faults, and AC. */
enum { UNRULY = 1 << 8 | 1 << 10 | 1 << 14 | 1 << 18 };

static DWORD under_fire_id;

/* Runs on the stack of whatever has faulted, and changes what lies below its stack pointer. So do the traps
 * that count visits, each of which costs a hundredth of a suspension; there is none on the way to a first
 * visit. */
static LONG CALLBACK on_exception(EXCEPTION_POINTERS *e)
{
    __writeeflags(__readeflags() & ~(unsigned)UNRULY);
    const EXCEPTION_RECORD *r = e->ExceptionRecord;
    int signal = signal_of(r->ExceptionCode);
    if (!signal || GetCurrentThreadId() != under_fire_id)
        return EXCEPTION_CONTINUE_SEARCH;
    bool access = r->ExceptionCode == STATUS_ACCESS_VIOLATION && r->NumberParameters >= 2;
    uintptr_t address = access ? r->ExceptionInformation[1] : 0;
    if (fire_fault(e->ContextRecord, signal, access ? &address : NULL) ||
        apart_lost(e->ContextRecord, signal)) {
        system_sets_out(); /* for where a shot is to come that was asked for in here */
        return EXCEPTION_CONTINUE_EXECUTION;
    }
    TerminateProcess(GetCurrentProcess(), 128 + (UINT)signal); /* a fault of the probe itself */
    return EXCEPTION_CONTINUE_SEARCH;
}

bool system_fire_begin(void)
{
    static bool begun;
    if (begun)
        return true;
    under_fire_id = GetCurrentThreadId();
    HANDLE self = GetCurrentProcess();
    begun = DuplicateHandle(self, GetCurrentThread(), self, &under_fire, 0, FALSE, DUPLICATE_SAME_ACCESS) &&
            AddVectoredExceptionHandler(1, on_exception) && rival_begin() &&
            CreateThread(NULL, 0, control, NULL, 0, NULL);
    return begun;
}

void system_unblock(ucontext_t *uc)
{
    uc->EFlags &= ~(DWORD)UNRULY;
}

/* The identification flag, which means nothing but that CPUID is there. */
void system_spoil_context(ucontext_t *uc)
{
    uc->EFlags ^= 1 << 21;
}

bool system_signal_stack(bool own)
{
    (void)own;
    return false;
}

uint32_t system_context_bytes(const ucontext_t *uc)
{
    return sizeof *uc;
}
