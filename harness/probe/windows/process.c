/* Windows: the process; and work that is done apart: there is no fork, so it is done in this process, whose
 * variables are put back behind it. */
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <string.h>

#include <ucontext.h>

#include <psapi.h>

#include "probe/case_memory.h"
#include "probe/system.h"
#include "arch.h"
#include "mcontext.h"
#include "suspended.h"
#include "undo.h"

void system_begin(void)
{
    _setmode(_fileno(stdout), _O_BINARY);
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
}

bool system_traps_on_stack(void)
{
    return true;
}

uint64_t system_peak_kb(void)
{
    PROCESS_MEMORY_COUNTERS counters;
    return K32GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof counters)
               ? counters.PeakWorkingSetSize / 1024
               : 0;
}

/* As glibc has them. */
const char *system_signal_name(int signal)
{
    switch (signal) {
    case 4:
        return "Illegal instruction";
    case 5:
        return "Trace/breakpoint trap";
    case 7:
        return "Bus error";
    case 8:
        return "Floating point exception";
    case 11:
        return "Segmentation fault";
    default:
        return "Unknown signal";
    }
}

/* Whether `c` is in the set behind a '[', which ends at *end; false and *end unset: it never ends. */
static bool in_set(const char *set, char c, const char **end)
{
    bool negated = *set == '!' || *set == '^', found = false;
    const char *at = set + negated;
    do {
        if (!*at)
            return false;
        char to = at[1] == '-' && at[2] && at[2] != ']' ? at[2] : *at;
        found |= *at <= c && c <= to;
        at += to == *at && at[1] != '-' ? 1 : at[1] == '-' && at[2] != ']' ? 3 : 1;
    } while (*at != ']');
    *end = at + 1;
    return found != negated;
}

bool system_matches(const char *glob, const char *name)
{
    for (; *glob; glob++, name++) {
        if (*glob == '*') {
            while (*name && !system_matches(glob + 1, name))
                name++;
            return *name || system_matches(glob + 1, name);
        }
        if (!*name)
            return false;
        const char *end = NULL;
        bool in = *glob == '[' && in_set(glob + 1, *name, &end);
        if (end && !in)
            return false;
        if (end)
            glob = end - 1;
        else if (*glob == '\\' && glob[1] ? *++glob != *name : *glob != '?' && *glob != *name)
            return false;
    }
    return !*name;
}

/* ---- apart ---- */

/* What is put back: the variables, the memory of cases, and code, which pins and mutants change. */
enum { DATA_PIECES = 4, N_PIECES = 6 };
extern uint8_t text_start[] __asm__("__text_start__"); /* build.mk; the data is behind it */
extern uint8_t everypc_code_begin[], everypc_code_end[];
extern uint8_t data_start[] __asm__("__data_start__"), data_end[] __asm__("__data_end__");
extern uint8_t bss_start[] __asm__("__bss_start__"), bss_end[] __asm__("__bss_end__");

struct copy {
    uint8_t *at[N_PIECES];
    size_t bytes[N_PIECES];
    uint8_t *kept;
};

struct frame {
    void *back[5]; /* of __builtin_setjmp */
    struct frame *outer;
    int signal;
};
/* Not among the variables: outlives them. */
static struct frame **innermost;

static size_t lay_out(struct copy *c)
{
    uint8_t *arena = everypc_memory + FENCE_SIZE; /* behind it and the stack are fences (wild.h) */
    uint8_t *from[] = {data_start, bss_start, arena, case_stack, everypc_code_begin, text_start};
    uint8_t *to[] = {data_end,         bss_end,   arena + FENCE_SIZE, case_stack + STACK_SIZE,
                     everypc_code_end, data_start};
    size_t all = 0;
    for (int k = 0; k < N_PIECES; k++) {
        c->at[k] = from[k];
        c->bytes[k] = (size_t)(to[k] - from[k]);
        all += c->bytes[k];
    }
    return all;
}

static void keep(const struct copy *c)
{
    uint8_t *kept = c->kept;
    for (int k = 0; k < N_PIECES; kept += c->bytes[k++])
        memcpy(kept, c->at[k], c->bytes[k]);
}

/* Pages of code need not be writable, and few have changed. */
static void put_code_back(uint8_t *at, const uint8_t *kept, size_t bytes)
{
    size_t page = system_page();
    for (size_t k = 0; k < bytes; k += page) {
        DWORD access, now;
        if (memcmp(at + k, kept + k, page) == 0 ||
            !VirtualProtect(at + k, page, PAGE_EXECUTE_READWRITE, &access))
            continue;
        memcpy(at + k, kept + k, page);
        VirtualProtect(at + k, page, access, &now);
    }
}

static void put_back(const struct copy *c)
{
    uint8_t *kept = c->kept;
    for (int k = 0; k < N_PIECES; kept += c->bytes[k++])
        if (k < DATA_PIECES)
            memcpy(c->at[k], kept, c->bytes[k]);
        else
            put_code_back(c->at[k], kept, c->bytes[k]);
}

static struct apart work_in(struct frame *frame, int (*work)(const void *data), const void *data)
{
    if (__builtin_setjmp(frame->back) == 0)
        return (struct apart){.status = work(data)};
    return (struct apart){.lost = true, .signal = (*innermost)->signal};
}

struct apart system_apart(int (*work)(const void *data), const void *data)
{
    struct copy c;
    size_t bytes = lay_out(&c);
    if (!innermost)
        innermost = system_map(sizeof *innermost);
    c.kept = system_map(bytes);
    if (!innermost || !c.kept)
        return (struct apart){.lost = true};
    struct frame frame = {.outer = *innermost};
    fflush(stdout);
    uint32_t begun = undo_begin();
    keep(&c);
    *innermost = &frame;
    struct apart a = work_in(&frame, work, data);
    fflush(stdout);
    *innermost = frame.outer;
    undo_end(begun);
    put_back(&c);
    system_unmap(c.kept, bytes);
    return a;
}

static void go_back(void)
{
    __builtin_longjmp((*innermost)->back, 1);
}

bool apart_lost(ucontext_t *uc, int signal)
{
    enum { BELOW = 1024 }; /* bytes, for go_back's own frame: what lies there is lost with the work */
    if (!innermost || !*innermost)
        return false;
    (*innermost)->signal = signal;
    ctx_set_sp(uc, (((uintptr_t)*innermost - BELOW) & -(uintptr_t)16) - sizeof(uintptr_t));
    ctx_set_pc(uc, (uintptr_t)go_back);
    system_unblock(uc);
    return true;
}
