#include "plain.h"

#include <signal.h>

enum { WORD_BITS = 8 * sizeof(long), WORDS = ARCH_SIGSET_SIZE / sizeof(long) };

static struct kernel_sigaction action_of_program;
static long process;

void plain_begin(int number)
{
    if (number == ARCH_TRAP_SIGNAL)
        kernel_die("the traps raise that signal themselves: ", "it can't be fired");
    process = CALL(SYS_getpid, 0, 0, 0, 0, 0, 0);
}

bool plain_is_child(void)
{
    return CALL(SYS_getpid, 0, 0, 0, 0, 0, 0) != process;
}

/* The kernel's signal sets: bit n - 1 for signal n. */
static unsigned long bit(int number)
{
    return 1ul << ((unsigned)(number - 1) % WORD_BITS);
}

static unsigned long *word(unsigned long *set, int number)
{
    return &set[(unsigned)(number - 1) / WORD_BITS];
}

bool plain_is_blocked(const ucontext_t *uc, int number)
{
    unsigned long set[WORDS];
    memcpy(set, &uc->uc_sigmask, sizeof set);
    return *word(set, number) & bit(number);
}

void plain_block(ucontext_t *uc, int number, bool blocked)
{
    unsigned long set[WORDS];
    memcpy(set, &uc->uc_sigmask, sizeof set);
    *word(set, number) = (*word(set, number) & ~bit(number)) | (blocked ? bit(number) : 0);
    memcpy(&uc->uc_sigmask, set, sizeof set);
}

void plain_put_in_front(struct kernel_sigaction *action, uintptr_t handler)
{
    action->handler = handler;
    action->flags |= SA_SIGINFO;
#ifndef ARCH_NO_RESTORER
    action->flags |= SA_RESTORER;
    action->restorer = (uintptr_t)agent_restorer;
#endif
    memset(&action->mask, 0xff, sizeof action->mask);
}

bool plain_take(int number, uintptr_t wrapper)
{
    struct kernel_sigaction now;
    if (kernel_sigaction(number, NULL, &now) != 0 || now.handler <= 1)
        return false;
    if (now.handler == wrapper)
        return true;
    action_of_program = now;
    plain_put_in_front(&now, wrapper);
    return kernel_sigaction(number, &now, NULL) == 0;
}

void plain_give_back(int number, uintptr_t wrapper)
{
    struct kernel_sigaction now;
    if (kernel_sigaction(number, NULL, &now) == 0 && now.handler == wrapper)
        kernel_sigaction(number, &action_of_program, NULL);
}

const struct kernel_sigaction *plain_action(void)
{
    return &action_of_program;
}

void plain_unblock(const ucontext_t *uc, int number, const struct kernel_sigaction *action)
{
    unsigned long set[WORDS];
    memcpy(set, &uc->uc_sigmask, sizeof set);
    for (unsigned i = 0; i < WORDS; i++)
        set[i] |= action->mask[i];
    if (!(action->flags & SA_NODEFER))
        *word(set, number) |= bit(number);
    *word(set, ARCH_TRAP_SIGNAL) &= ~bit(ARCH_TRAP_SIGNAL);
    CALL(SYS_rt_sigprocmask, SIG_SETMASK, set, NULL, ARCH_SIGSET_SIZE, 0, 0);
}

void plain_block_all(void)
{
    unsigned long set[WORDS];
    memset(set, 0xff, sizeof set);
    CALL(SYS_rt_sigprocmask, SIG_SETMASK, set, NULL, ARCH_SIGSET_SIZE, 0, 0);
}
