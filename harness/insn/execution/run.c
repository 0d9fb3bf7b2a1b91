/* Runs the instruction in the slot by enter_case; the fault behind it sends the thread to case_leave. */
#define _GNU_SOURCE
#include "run.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>

#include "mcontext.h"
#include "probe/code_written.h"

/* What enter.S wants of the probe; nothing calls it here. */
struct state everypc_garbage, everypc_snapshot, everypc_at_call;
const void *everypc_adversary(uintptr_t sp)
{
    (void)sp;
    return NULL;
}

static volatile sig_atomic_t signal_seen;
static volatile uintptr_t pc_seen;
static volatile sig_atomic_t running;

static void on_signal(int signal, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    (void)info;
#ifdef ARCH_CTX_MEND
    ctx_mend(uc);
#endif
    if (signal == RUN_HANGS && !running)
        return;
    signal_seen = signal;
    pc_seen = ctx_pc(uc);
    ctx_set_pc(uc, (uintptr_t)case_leave);
}

static bool map(uintptr_t at, size_t size, int access)
{
    return mmap((void *)at, size, access, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == (void *)at;
}

bool run_begin(void)
{
    static _Alignas(16) uint8_t stack[65536];
    static const int caught[] = {RUN_HANGS, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS};
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction act = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    /* Of its own CPU time, which the machine's load does not change. */
    struct itimerval seconds = {.it_interval = {5, 0}, .it_value = {5, 0}};
    bool good = map(SLOT_END - SLOT_SIZE - SLOT_ROOM, SLOT_SIZE + 2 * SLOT_ROOM, PROT_NONE) &&
                map(SLOT_END - SLOT_SIZE, SLOT_SIZE, PROT_READ | PROT_WRITE | PROT_EXEC) &&
                map(ARENA_AT, ARENA_SIZE, PROT_READ | PROT_WRITE) && sigaltstack(&alternate, NULL) == 0 &&
                setitimer(ITIMER_PROF, &seconds, NULL) == 0;
    for (unsigned i = 0; good && i < sizeof caught / sizeof *caught; i++)
        good = sigaction(caught[i], &act, NULL) == 0;
    if (!good)
        perror("effects: memory or signals");
    return good;
}

uintptr_t run_place(const struct effects_case *c)
{
    uint8_t *to = (uint8_t *)SLOT_END - c->n_code;
    memcpy(to, c->code, (size_t)c->n_code);
    code_written(to, (void *)SLOT_END);
    return (uintptr_t)to;
}

static const word *memory;

void run_memory(const uint8_t arena[ARENA_SIZE])
{
    memory = (const word *)arena;
    memcpy((void *)ARENA_AT, arena, ARENA_SIZE);
}

/* Takes what a run left in the arena, and puts the next one's memory there, in one go. */
static void take_memory(uint8_t arena[ARENA_SIZE])
{
    word *now = (word *)ARENA_AT, *to = (word *)arena;
    for (int w = 0; w < WORDS; w += 2) {
        word a = to[w] = now[w], b = to[w + 1] = now[w + 1];
        if (((a ^ memory[w]) | (b ^ memory[w + 1])) == 0)
            continue;
        now[w] = memory[w];
        now[w + 1] = memory[w + 1];
    }
}

void run(const struct state *regs, uintptr_t entry, struct outcome *out)
{
    running = 1;
    enter_case(regs, &out->end.regs, entry);
    running = 0;
    take_memory(out->end.arena);
    out->signal = signal_seen;
    out->pc = pc_seen;
}
