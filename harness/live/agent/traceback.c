#include "traceback.h"

#include "goroutine.h"
#include "kernel.h"
#include "state.h"
#include "traps.h"
#include "unwind.h"

#include "arch.h"
#include "mcontext.h"

/* Where Go passes arguments on the stack, from the caller's SP: behind the link register's slot. Those that
 * come in registers have room there too, where the callee may spill them. */
#ifndef ARCH_LIVE_ARGUMENTS
#define ARCH_LIVE_ARGUMENTS "" /* none */
#endif
#ifndef ARCH_LIVE_ARGUMENTS_AT
#define ARCH_LIVE_ARGUMENTS_AT (ARCH_REG_LINK * sizeof(uintptr_t))
#endif

/* runtime.callers(skip int, pcbuf []uintptr) int. Whether a Go version passes arguments in registers or on
 * the stack need not be known: they are put into both. */
bool traceback_begins(struct traceback *t, ucontext_t *uc)
{
    static const char *const registers[] = {ARCH_LIVE_ARGUMENTS};
    uintptr_t *stack = (uintptr_t *)ctx_sp(uc), *on_stack = stack + ARCH_LIVE_ARGUMENTS_AT / sizeof *stack;
    const uintptr_t arguments[] = {0, (uintptr_t)t->pcs, MAX_TRACE, MAX_TRACE};
    struct state_word w;
    if (!plan->callers)
        return false;
    memset(t->pcs, 0, sizeof t->pcs);
    memcpy(t->saved, stack, sizeof t->saved);
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++) {
        on_stack[i] = arguments[i];
        if (i < sizeof registers / sizeof *registers && state_named(registers[i], &w))
            state_write(uc, &w, arguments[i]);
    }
    plan->tracebacks++;
    goroutine_call(uc, plan->callers);
    return true;
}

static const struct shots_function *function_of(uintptr_t pc)
{
    return pc ? unwind_function(pc - (uintptr_t)plan->bias) : NULL;
}

/* A return address stands for the call in front of it. */
static const struct shots_function *caller(uintptr_t pc)
{
    return function_of(pc - 1);
}

/* The runtime may report the PC of the interrupted instruction plus one, so that its users find the
 * instruction by subtracting one. */
static bool is_at(uintptr_t traced, uintptr_t pc)
{
    return traced == pc || traced == pc + 1;
}

/* Compares frame by frame; the number of entries of the trace that it has come to, or -1 - k where frame k is
 * not there. A frame may have several entries, those of the functions inlined into it. */
static int compare(const uintptr_t *trace, int n, const struct unwound *u)
{
    int at = 1; /* asyncPreempt's own comes first */
    for (int k = 0; k < (int)u->n && at < MAX_TRACE; k++) {
        const struct shots_function *f = k ? caller(u->pcs[k]) : function_of(u->pcs[k]);
        uintptr_t next = k + 1 < (int)u->n ? u->pcs[k + 1] : 0;
        bool found = at < n && (is_at(trace[at], u->pcs[k]) || caller(trace[at]) == f);
        if (!found && !(f && f->wrapper))
            return -1 - k;
        at += found;
        while (at < n && caller(trace[at]) == f && !is_at(trace[at], next))
            at++;
    }
    return at;
}

void traceback_ends(const struct traceback *t, struct shots_pc *shot, const ucontext_t *before,
                    const ucontext_t *uc)
{
    static ucontext_t at;
    static struct unwound u;
    int n = 0;
    memcpy((void *)ctx_sp(uc), t->saved, sizeof t->saved);
    while (n < MAX_TRACE && t->pcs[n])
        n++;
    at = *before;
    ctx_set_pc(&at, (uintptr_t)(shot->got + plan->bias));
    unwind(&at, &u);
    int compared = compare(t->pcs, n, &u);
    const struct shots_function *last = n ? caller(t->pcs[n - 1]) : NULL;
    bool ends = last && last->end_kind == STACK_ENDS;
    uintptr_t bias = (uintptr_t)plan->bias, traced = n ? t->pcs[n - 1] - bias : 0;
    if (compared < 0) {
        int k = -1 - compared;
        state_differs(shot, WRONG_TRACEBACK, "frame ", k, u.pcs[k] - bias, traced);
    } else if (!ends && n < MAX_TRACE && u.end != UNWIND_NOT_FOLLOWED) {
        state_differs(shot, WRONG_TRACEBACK, "end", -1, 0, traced);
    }
    plan->traced += compared >= 0 && ends && u.end == UNWIND_ENDS;
}
