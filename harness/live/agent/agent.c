/* The agent: a program of the target that loads the program under test into its own process, puts traps at
 * the PCs to be fired at, and enters it. At each trap it asks the runtime for a preemption, as the scheduler
 * would, and sends the signal, which the kernel delivers at exactly that PC to the program's own handler.
 *
 *     agent SHOTS PROGRAM [ARGUMENTS]
 *
 * Nothing in it may use thread-local storage, the heap, or a C library: once the program runs, these are the
 * program's. Registers are what the kernel saved in the signal's context.
 *
 * A circle of files, as start.S has both ends: its _start calls agent_main, and everything here makes system
 * calls through it. */
#include <stdbool.h>

#include "fire.h"
#include "kernel.h"
#include "load.h"
#include "masks.h"
#include "traps.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>

static void map_plan(const char *path)
{
    struct shots_head head;
    int fd = (int)CALL(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0, 0, 0);
    if (fd < 0 || !kernel_read(fd, &head, sizeof head, 0))
        kernel_die("can't read the plan ", path);
    if (head.magic != SHOTS_MAGIC || head.version != SHOTS_VERSION)
        kernel_die("not a plan for this agent: ", path);
    size_t size = sizeof head + (size_t)head.n_pcs * sizeof(struct shots_pc) +
                  (size_t)head.n_functions * sizeof(struct shots_function) + (size_t)head.n_table_bytes;
    uintptr_t at = kernel_map(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (kernel_failed(at))
        kernel_die("can't map the plan ", path);
    CALL(SYS_close, fd, 0, 0, 0, 0, 0);
    plan = (struct shots_head *)at;
}

/* The runtime installs no handler for a signal whose flags are 0 (runtime/signal_unix.go, initsig). */
static void keep_trap_signal(void)
{
    struct entry { /* runtime/runtime2.go, sigTabT */
        int32_t flags;
        uintptr_t name[2];
    } *sigtable = (struct entry *)(uintptr_t)(plan->sigtable + plan->bias);
    if (plan->sigtable)
        sigtable[ARCH_TRAP_SIGNAL].flags = 0;
}

void agent_main(uintptr_t *sp)
{
    char **argv = (char **)(sp + 1);
    struct loaded program;
    if (*sp < 3)
        kernel_die("usage: agent SHOTS PROGRAM [ARGUMENTS]", "");
    map_plan(argv[1]);
    load_program(argv[2], &program);
    plan->bias = program.bias;
    traps_begin();
    if (!masks_begin())
        keep_trap_signal();
    fire_begin();
    for (uint64_t i = 0; i < plan->n_pcs; i++)
        if (traps_pcs()[i].role & ROLE_FIRE ||
            (traps_pcs()[i].role & ROLE_ENTRY && plan->inside & INSIDE_CALLS))
            trap_arm(&traps_pcs()[i]);
    plan->started = 1;
    agent_enter(load_stack(sp, 2, &program), program.start, program.start_bias);
}
