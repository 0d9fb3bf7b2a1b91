#include "plain.h"

#include "sigset.h"

#include <signal.h>

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

bool plain_is_blocked(const ucontext_t *uc, int number)
{
    unsigned long set[SIGSET_WORDS];
    memcpy(set, &uc->uc_sigmask, sizeof set);
    return *sigset_word(set, number) & sigset_bit(number);
}

void plain_block(ucontext_t *uc, int number, bool blocked)
{
    unsigned long set[SIGSET_WORDS];
    memcpy(set, &uc->uc_sigmask, sizeof set);
    *sigset_word(set, number) =
        (*sigset_word(set, number) & ~sigset_bit(number)) | (blocked ? sigset_bit(number) : 0);
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
    unsigned long set[SIGSET_WORDS];
    memcpy(set, &uc->uc_sigmask, sizeof set);
    for (unsigned i = 0; i < SIGSET_WORDS; i++)
        set[i] |= action->mask[i];
    if (!(action->flags & SA_NODEFER))
        *sigset_word(set, number) |= sigset_bit(number);
    sigset_remove(set, ARCH_TRAP_SIGNAL);
    CALL(SYS_rt_sigprocmask, SIG_SETMASK, set, NULL, ARCH_SIGSET_SIZE, 0, 0);
}

void plain_block_all(void)
{
    unsigned long set[SIGSET_WORDS];
    memset(set, 0xff, sizeof set);
    CALL(SYS_rt_sigprocmask, SIG_SETMASK, set, NULL, ARCH_SIGSET_SIZE, 0, 0);
}
