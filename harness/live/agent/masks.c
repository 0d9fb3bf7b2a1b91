#include <stdbool.h>

#include "masks.h"

#include "plain.h"
#include "sigset.h"
#include "state.h"
#include "traps.h"

#include <signal.h>

#include "arch.h"
#include "mcontext.h"

/* Bytes between SP and a function's arguments at its entry (cmd/compile/abi-internal.md, ABI0): a return
 * address, or the place that its caller leaves for one. */
#ifndef ARCH_LIVE_ARGUMENTS_AT
#define ARCH_LIVE_ARGUMENTS_AT sizeof(uintptr_t)
#endif
#ifndef ARCH_LIVE_ARGUMENTS
#define ARCH_LIVE_ARGUMENTS "" /* none */
#endif

/* As runtime/os_linux.go declares them. */
struct sigprocmask_arguments {
    int32_t how;
    const unsigned long *set;
    unsigned long *old;
    int32_t size;
};
struct sigaction_arguments {
    uintptr_t number;
    const struct kernel_sigaction *set;
    struct kernel_sigaction *old;
    uintptr_t size;
    int32_t result;
};

enum { EXECUTED = ROLE_SIGPROCMASK | ROLE_SIGACTION };

static struct kernel_sigaction trap_action;

bool masks_begin(void)
{
    bool any = false;
    for (uint64_t i = 0; i < plan->n_pcs; i++)
        if (traps_pcs()[i].role & EXECUTED) {
            trap_arm(&traps_pcs()[i]);
            any = true;
        }
    return any;
}

const struct kernel_sigaction *masks_trap_action(void)
{
    return &trap_action;
}

static void sigprocmask_of(const struct sigprocmask_arguments *a, ucontext_t *uc)
{
    unsigned long now[SIGSET_WORDS];
    memcpy(now, &uc->uc_sigmask, sizeof now);
    if (a->old)
        memcpy(a->old, now, sizeof now);
    if (!a->set)
        return;
    for (unsigned i = 0; i < SIGSET_WORDS; i++)
        now[i] = a->how == SIG_BLOCK     ? now[i] | a->set[i]
                 : a->how == SIG_UNBLOCK ? now[i] & ~a->set[i]
                                         : a->set[i];
    sigset_remove(now, ARCH_TRAP_SIGNAL);
    memcpy(&uc->uc_sigmask, now, sizeof now);
}

/* A child that shares the parent's memory until it calls execve clears its handlers. */
static void sigaction_of_trap(const struct sigaction_arguments *a)
{
    if (a->old)
        *a->old = trap_action;
    if (a->set && !plain_is_child())
        trap_action = *a->set;
}

static void sigaction_of(struct sigaction_arguments *a)
{
    struct kernel_sigaction set, old;
    a->result = 0;
    if (a->number == ARCH_TRAP_SIGNAL) {
        sigaction_of_trap(a);
        return;
    }
    if (a->set) {
        set = *a->set; /* where it lies in the struct more than one may differ: in each place */
        for (size_t i = 0; i + SIGSET_WORDS <= sizeof set.mask / sizeof *set.mask; i += SIGSET_WORDS)
            sigset_remove(set.mask + i, ARCH_TRAP_SIGNAL);
    }
    a->result = (int32_t)kernel_sigaction((int)a->number, a->set ? &set : NULL, a->old ? &old : NULL);
    if (a->old && a->result == 0)
        *a->old = old;
}

static void return_from(ucontext_t *uc)
{
#ifdef ARCH_LINK
    ctx_set_pc(uc, ctx_lr(uc));
#else
    ctx_set_pc(uc, *(uintptr_t *)ctx_sp(uc));
    ctx_set_sp(uc, ctx_sp(uc) + sizeof(uintptr_t));
#endif
}

/* Go's ABIInternal: arguments and the result in the same registers, in order. */
static void execute_from_registers(const struct shots_pc *at, ucontext_t *uc)
{
    static const char *const registers[] = {ARCH_LIVE_ARGUMENTS};
    enum { N = 4 };
    uintptr_t word[N] = {0};
    struct state_word w;
    for (size_t i = 0; i < N && i < sizeof registers / sizeof *registers; i++)
        if (state_named(registers[i], &w))
            word[i] = (uintptr_t)state_read(uc, &w);
    if (at->role & ROLE_SIGPROCMASK) {
        sigprocmask_of(&(struct sigprocmask_arguments){(int32_t)word[0], (const unsigned long *)word[1],
                                                       (unsigned long *)word[2], (int32_t)word[3]},
                       uc);
        return;
    }
    struct sigaction_arguments a = {word[0], (const struct kernel_sigaction *)word[1],
                                    (struct kernel_sigaction *)word[2], word[3], 0};
    sigaction_of(&a);
    if (state_named(registers[0], &w))
        state_write(uc, &w, (uint64_t)(int64_t)a.result);
}

bool masks_execute(const struct shots_pc *at, ucontext_t *uc)
{
    void *arguments = (void *)(ctx_sp(uc) + ARCH_LIVE_ARGUMENTS_AT);
    if (!(at->role & EXECUTED))
        return false;
    if (at->role & ROLE_REGISTERS)
        execute_from_registers(at, uc);
    else if (at->role & ROLE_SIGPROCMASK)
        sigprocmask_of(arguments, uc);
    else
        sigaction_of(arguments);
    return_from(uc);
    return true;
}
