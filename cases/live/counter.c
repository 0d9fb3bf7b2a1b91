/* A program with a signal handler of its own, for `everypc live --signal USR1`. The program and its handler
 * add to one counter, and the program prints how many additions were lost: 0, whenever the signal comes, if
 * the two go together. ADD is one of these: */
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum {
    PLAIN = 1,   /* loads, adds and stores: broken, since what the handler adds in between is lost */
    ATOMIC = 2,  /* sound */
    BLOCKED = 3, /* as PLAIN, with the signal blocked meanwhile: sound */
    JUMP = 4,    /* as ATOMIC; the handler leaves by a jump to the next round, and nothing is counted */
    POINTER = 5, /* through a pointer that is null for a moment: broken, the handler follows it */
};

#define APART __attribute__((noinline, noclone))

static volatile int shared, by_handler, rounds, can_jump;
static volatile int *volatile where = &shared;
static sigjmp_buf next_round;
static sigset_t one;

/* Never in one instruction. */
APART static void add_plainly(void)
{
    int now = shared;
    __asm__ volatile("" : "+r"(now) : : "memory");
    shared = now + 1;
}

APART static void add_atomically(void)
{
    __atomic_fetch_add(&shared, 1, __ATOMIC_SEQ_CST);
}

APART static void add_blocked(void)
{
    sigset_t before;
    sigprocmask(SIG_BLOCK, &one, &before);
    add_plainly();
    sigprocmask(SIG_SETMASK, &before, NULL);
}

APART static void move_pointer(void)
{
    where = NULL;
    add_atomically();
    where = &shared;
}

APART static void add(void)
{
    switch (ADD) {
    case PLAIN:
        add_plainly();
        break;
    case BLOCKED:
        add_blocked();
        break;
    case POINTER:
        move_pointer();
        break;
    default:
        add_atomically();
    }
}

static void handler(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)info;
    (void)context;
    if (ADD == JUMP && can_jump)
        siglongjmp(next_round, 1);
    by_handler++;
    if (ADD == POINTER)
        ++*where;
    else
        add_atomically();
}

int main(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO;
    sigfillset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
    sigemptyset(&one);
    sigaddset(&one, SIGUSR1);
    for (rounds = 0; rounds < 200; rounds++) {
        if (sigsetjmp(next_round, 1))
            continue;
        can_jump = 1;
        add();
        can_jump = 0;
    }
    sigprocmask(SIG_BLOCK, &one, NULL);
    printf("%d lost\n", ADD == JUMP ? 0 : rounds + by_handler - shared);
    return 0;
}
